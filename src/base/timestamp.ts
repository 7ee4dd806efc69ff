/** The only parser of timestamps: it accepts RFC 3339 and nothing else. */

const pattern =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,30}))?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;
const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * An earlier year is not the date of a customer record. Some programs write such a year for "never": Go's
 * zero time is 0001-01-01T00:00:00Z.
 */
const firstYear = 1000;
const firstMoment = Date.UTC(firstYear, 0);
/** The offset can move a timestamp of the year 9999 into the next year, which needs five digits. */
const lastMoment = Date.UTC(10_000, 0) - 1;

/** A leap second occurs only at the end of a month. */
const isMonthBegin = (at: number) => at % 86_400_000 === 0 && new Date(at).getUTCDate() === 1;

/**
 * @param value an RFC 3339 timestamp
 * @returns milliseconds since 1970, or NaN for any other value, such as 30 February
 */
export function parseTimestamp(value: unknown): number {
  const [
    ,
    year,
    month,
    day,
    hour,
    minute,
    second,
    fraction = '',
    sign,
    offsetHour = '0',
    offsetMinute = '0',
  ] = (typeof value === 'string' && pattern.exec(value)) || [];
  const midnight = toMidnight(year, month, day);
  const numbers = [hour, minute, second, offsetHour, offsetMinute].map(Number);
  const [hours = Number.NaN, minutes = Number.NaN, seconds = Number.NaN, ahead = 0, aheadMinutes = 0] =
    numbers;
  const exists = hours < 24 && minutes < 60 && seconds <= 60 && ahead < 24 && aheadMinutes < 60;
  if (!exists || Number.isNaN(midnight)) return Number.NaN;
  const offset = (sign === '-' ? -1 : 1) * (ahead * 60 + aheadMinutes);
  const milliseconds = Number(fraction.padEnd(3, '0').slice(0, 3));
  const at = midnight + ((hours * 60 + minutes - offset) * 60 + seconds) * 1000;
  if (at < firstMoment || at > lastMoment || (seconds === 60 && !isMonthBegin(at))) return Number.NaN;
  return at + milliseconds;
}

/**
 * @param value a date such as 2024-02-29
 * @returns the start of the day in UTC, in milliseconds since 1970, or NaN for any other value
 */
export function parseDay(value: unknown): number {
  const [, year, month, day] = (typeof value === 'string' && datePattern.exec(value)) || [];
  return toMidnight(year, month, day);
}

/** @returns a text that sorts timestamps by time, to the last digit; undefined for any other value */
export function timestampSortKey(value: unknown): string | undefined {
  const at = parseTimestamp(value);
  if (Number.isNaN(at)) return undefined;
  const fraction = /\.(\d+)/.exec(String(value))?.[1] ?? '';
  return `${String(at + 1e14).padStart(16, '0')}${fraction.padEnd(9, '0').slice(3)}`;
}

function toMidnight(year?: string, month?: string, day?: string): number {
  if (year === undefined || Number(year) < firstYear) return Number.NaN;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  // `Date` rolls a date that does not exist, such as 30 February, over into the next month.
  const exists = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return exists ? date.getTime() : Number.NaN;
}
