import { parseHttpDate } from '../../base/httpDate';

/** The maximum wait in seconds, about 8,000 years: `Date` cannot show a later time. */
const maxSeconds = 250_000_000_000;

/**
 * Reads the wait that a response requests, in seconds. Only this function reads `Retry-After`, which is a
 * number of seconds or an HTTP date (RFC 9110, section 10.2.3). Any other value counts as absent.
 */
export function readRetryAfter(headers: Headers, now: number): number | undefined {
  const text = headers.get('retry-after') ?? '';
  if (/^[0-9]+$/.test(text)) return Math.min(Number(text), maxSeconds);
  const until = parseHttpDate(text, now);
  if (until === undefined) return undefined;
  // Both dates come from the server's clock, so that a wrong clock on either side does no harm.
  const sent = parseHttpDate(headers.get('date') ?? '', now) ?? now;
  return Math.min(Math.max(0, (until - sent) / 1000), maxSeconds);
}
