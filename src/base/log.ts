/** The interface of the log. Messages never contain headers, bodies or personal data: see CONTRIBUTING. */
import { isAbortError } from './abort';

export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/**
 * Messages of the JavaScript engine that quote no value. Other messages do, such as "Cannot use 'in' operator
 * to search for 'x' in Ann" or a `SyntaxError` of JSON. Their text is left out, and the stack locates the
 * error.
 */
const harmless = [
  /^Cannot (?:read|set) properties of (?:undefined|null)/,
  /^Maximum call stack size exceeded$/,
  /^Invalid (?:array length|string length|time value|URL)$/,
  /^Assignment to constant variable\.$/,
];
/** More frames do not help to find an error. */
const maxFrames = 30;

/**
 * Logs an unexpected error with its stack. API errors and cancellations are expected: they are shown in
 * place, and the log already has their requests.
 * @param during names the work, such as "save contact", without personal data
 */
export function logUnexpected(log: Logger, during: string, error: unknown): void {
  if (isAbortError(error) || (error instanceof Error && error.name === 'ApiError')) return;
  if (!(error instanceof Error)) {
    log.error(`${during} · failed with a ${typeof error}`);
    return;
  }
  const name = /^[A-Za-z]{1,50}$/.test(error.name) ? error.name : 'Error';
  const code = 'code' in error && /^[A-Z][A-Z0-9_]{1,50}$/.test(String(error.code)) ? ` ${error.code}` : '';
  const part = harmless.map((pattern) => pattern.exec(error.message)?.[0]).find((text) => text !== undefined);
  const message = part === undefined ? '' : `: ${part}`;
  log.error([`${during} · ${name}${code}${message}`, ...framesOf(error)].join(' '));
}

/**
 * Runs work. An unexpected error is logged, whatever follows from it.
 * @param failed returns the result in place of the one of the work
 */
export async function attempt<T>(
  log: Logger,
  during: string,
  work: () => Promise<T>,
  failed: (error: unknown) => T | Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    logUnexpected(log, during, error);
    return failed(error);
  }
}

/** Formats the frames of a stack without folders, because a path contains the user's name. */
function framesOf({ stack = '', message }: Error): readonly string[] {
  // The stack starts with the message, whose lines may look like frames.
  const from = message === '' ? -1 : stack.indexOf(message);
  const lines = (from < 0 ? stack : stack.slice(from + message.length)).split('\n').slice(1);
  return lines.slice(0, maxFrames).flatMap((line) => {
    const [, work, place] = /^ {4}at (?:([\w$.<>#[\] ]+) \()?(.*?)\)?$/.exec(line) ?? [];
    const file = /(?:^|[\\/:])([^\\/:]+(?::\d+){2})$/.exec(place ?? '')?.[1];
    if (file === undefined) return [];
    return [work === undefined ? `at ${file}` : `at ${work} (${file})`];
  });
}
