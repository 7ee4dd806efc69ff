/** A timestamp as the local date and time of an input, in minutes, and back. */
import { parseTimestamp } from '../../base/timestamp';

/** Milliseconds by which clocks are put back, where summer time ends: an hour, or half of it on Lord Howe Island. */
const putBack = [3_600_000, 1_800_000];

/** Returns the local date and time in minutes, in the format of the input. */
export function toLocal(value: string): string {
  const at = parseTimestamp(value);
  // While a year is typed, it is 0002 and 0020 first. An empty value would clear the whole input.
  const date = new Date(Number.isNaN(at) ? Date.parse(value) : at);
  if (Number.isNaN(date.getTime())) return '';
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/**
 * Returns the timestamp of a local date and time; '' for any other text. A local time comes twice where summer time
 * ends, and the input does not tell which one it is.
 * @param before the timestamp in the input until now: of two, the nearer one is meant
 */
export function fromLocal(local: string, before: string): string {
  const first = new Date(local);
  if (Number.isNaN(first.getTime())) return '';
  const at = Date.parse(before);
  const apart = (date: Date) => Math.abs(date.getTime() - at);
  const second = putBack
    .map((ms) => new Date(first.getTime() + ms))
    .find((date) => toLocal(date.toISOString()) === toLocal(first.toISOString()));
  return (second && apart(second) < apart(first) ? second : first).toISOString();
}
