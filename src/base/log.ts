/** Where a diagnosis goes. Never headers, bodies or personal data: see docs in CONTRIBUTING. */
import { isAbortError } from './abort';

export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** Messages of these name types and properties; others (a `SyntaxError` of JSON, say) quote the data. */
const namesCodeOnly = ['TypeError', 'RangeError', 'ReferenceError'];

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
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim());
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  const message = namesCodeOnly.includes(error.name) ? `: ${error.message}` : '';
  log.error([`${during} · ${error.name}${code}${message}`, ...frames].join(' '));
}
