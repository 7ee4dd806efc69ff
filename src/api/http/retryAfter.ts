import { parseHttpDate } from '../../base/httpDate';

/** Seconds: some 8,000 years. A moment beyond it could not be shown. */
const most = 250_000_000_000;

/**
 * The wait that an answer asks for, in seconds. This is the only place that reads `Retry-After`: a number of
 * seconds, or a date of HTTP (RFC 9110, section 10.2.3). Everything else counts as absent.
 */
export function readRetryAfter(headers: Headers, now: number): number | undefined {
  const text = headers.get('retry-after') ?? '';
  if (/^[0-9]+$/.test(text)) return Math.min(Number(text), most);
  const until = parseHttpDate(text, now);
  if (until === undefined) return undefined;
  // Both moments come from the server's clock, so it does not matter which of the two clocks is off.
  const sent = parseHttpDate(headers.get('date') ?? '', now) ?? now;
  return Math.min(Math.max(0, (until - sent) / 1000), most);
}
