/** Where a diagnosis goes. Never headers, bodies or personal data: see docs in CONTRIBUTING. */
import { isAbortError } from './abort';

export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/**
 * Messages of the engine that quote no value. Others do: "Cannot use 'in' operator to search for 'x' in Ann", or
 * a `SyntaxError` of JSON. What is left out is to be found by the stack.
 */
const harmless = [
  /^Cannot (?:read|set) properties of (?:undefined|null)/,
  /^Maximum call stack size exceeded$/,
  /^Invalid (?:array length|string length|time value|URL)$/,
  /^Assignment to constant variable\.$/,
];
/** Nobody reads more of a stack. */
const mostFrames = 30;

/**
 * Logs an error that nobody foresaw, with its stack. Errors of the API and cancellations are foreseen: they
 * are shown where they happen, and their requests are in the log.
 * @param during names the work, such as "save contact"; no personal data
 */
export function logUnexpected(log: Logger, during: string, error: unknown): void {
  if (isAbortError(error) || (error instanceof Error && error.name === 'ApiError')) return;
  if (!(error instanceof Error)) {
    log.error(`${during} · failed with a ${typeof error}`);
    return;
  }
  const name = /^[A-Za-z]{1,50}$/.test(error.name) ? error.name : 'Error';
  const code = 'code' in error && /^[A-Z][A-Z0-9_]{1,50}$/.test(String(error.code)) ? ` ${error.code}` : '';
  const said = harmless.map((pattern) => pattern.exec(error.message)?.[0]).find((text) => text !== undefined);
  const message = said === undefined ? '' : `: ${said}`;
  log.error([`${during} · ${name}${code}${message}`, ...framesOf(error)].join(' '));
}

/** Functions and places, without the folders: a path names the person whose computer it is. */
function framesOf({ stack = '', message }: Error): readonly string[] {
  // The message comes first, and may have lines that look like frames.
  const from = message === '' ? -1 : stack.indexOf(message);
  const lines = (from < 0 ? stack : stack.slice(from + message.length)).split('\n').slice(1);
  return lines.slice(0, mostFrames).flatMap((line) => {
    const [, work, place] = /^ {4}at (?:([\w$.<>#[\] ]+) \()?(.*?)\)?$/.exec(line) ?? [];
    const file = /(?:^|[\\/:])([^\\/:]+(?::\d+){2})$/.exec(place ?? '')?.[1];
    if (file === undefined) return [];
    return [work === undefined ? `at ${file}` : `at ${work} (${file})`];
  });
}
