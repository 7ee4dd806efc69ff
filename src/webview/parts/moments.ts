/** Formats timestamps in the user's time zone and display language. */
import { parseDay, parseTimestamp } from '../../base/timestamp';
import { oncePerLanguage } from './locale';

interface Moment {
  /** Date and time, or the date alone if there is no time. */
  readonly short: string;
  /** With seconds and the time zone. */
  readonly full: string;
}

/** @returns undefined for a text that is neither an RFC 3339 timestamp nor a date; it is shown unchanged */
export function toMoment(value: string): Moment | undefined {
  const day = parseDay(value);
  if (!Number.isNaN(day)) return { short: formats().day.format(day), full: formats().fullDay.format(day) };
  const time = parseTimestamp(value);
  if (Number.isNaN(time)) return undefined;
  return { short: formats().moment.format(time), full: formats().fullMoment.format(time) };
}

const formats = oncePerLanguage((tag) => {
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, options);
  return {
    moment: format({ dateStyle: 'medium', timeStyle: 'short' }),
    fullMoment: format({ dateStyle: 'full', timeStyle: 'long' }),
    time: format({ timeStyle: 'short' }),
    day: format({ dateStyle: 'medium', timeZone: 'UTC' }),
    fullDay: format({ dateStyle: 'full', timeZone: 'UTC' }),
  };
});

export function isToday(value: string): boolean {
  return new Date(parseTimestamp(value)).toDateString() === new Date().toDateString();
}

export function shortTime(value: string): string {
  return formats().time.format(parseTimestamp(value));
}

export function timeAndDate(value: string): string {
  return toMoment(value)?.short ?? value;
}
