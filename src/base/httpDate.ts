const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const month = `(?<month>${months.join('|')})`;
const time = '(?<hour>\\d{2}):(?<minute>\\d{2}):(?<second>\\d{2})';
const short = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const long = '(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day';

/** IMF-fixdate, RFC 850 and asctime. */
const formats = [
  new RegExp(`^${short}, (?<day>\\d{2}) ${month} (?<year>\\d{4}) ${time} GMT$`),
  new RegExp(`^${long}, (?<day>\\d{2})-${month}-(?<year>\\d{2}) ${time} GMT$`),
  new RegExp(`^${short} ${month} (?<day>\\d{2}| \\d) ${time} (?<year>\\d{4})$`),
];

/**
 * Parses an HTTP date in one of the three formats of RFC 9110, section 5.6.7, which are all UTC. `Date.parse`
 * accepts almost any text, so it is not used.
 * @param now milliseconds since 1970; determines the century of a year with two digits
 * @returns milliseconds since 1970; undefined for any other text
 */
export function parseHttpDate(text: string, now: number): number | undefined {
  const parts = formats.map((format) => format.exec(text)?.groups).find((groups) => groups !== undefined);
  if (parts === undefined) return undefined;
  const [day, hour, minute, second] = [parts.day, parts.hour, parts.minute, parts.second].map(Number);
  if (day === undefined || hour === undefined || minute === undefined || second === undefined)
    return undefined;
  const at = months.indexOf(parts.month ?? '');
  const year = fullYear(parts.year ?? '', now);
  // Second 60 is a leap second.
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, at, day);
  // `Date` turns 30 February into 1 or 2 March; such a date is invalid.
  if (date.getUTCMonth() !== at || date.getUTCDate() !== day) return undefined;
  return date.setUTCHours(hour, minute, second);
}

/** A year with two digits that seems to be more than 50 years ahead is in the past (RFC 9110). */
function fullYear(digits: string, now: number): number {
  if (digits.length === 4) return Number(digits);
  const thisYear = new Date(now).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + Number(digits);
  return year > thisYear + 50 ? year - 100 : year;
}
