/** Moments in the person's own time zone, and as their display language writes them. */
import { oncePerLanguage } from './locale';

const pattern =
  /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,3})\d{0,6})?([Zz]|[+-]\d{2}:\d{2}))?$/;

interface Moment {
  /** Date and time, or the date alone where no time was given. */
  readonly short: string;
  /** To the second and with the time zone. */
  readonly full: string;
}

/** RFC 3339, with up to nine fraction digits, or its date alone. Anything else is no moment. */
export function toMoment(value: string): Moment | undefined {
  const match = pattern.exec(value);
  if (match === null) return undefined;
  const [, day = '', clock, fraction = '0', zone = 'Z'] = match;
  const date = new Date(
    clock === undefined ? day : `${day}T${clock}.${fraction.padEnd(3, '0')}${zone.toUpperCase()}`,
  );
  if (Number.isNaN(date.getTime())) return undefined;
  return clock === undefined
    ? { short: formats().day.format(date), full: formats().fullDay.format(date) }
    : { short: formats().moment.format(date), full: formats().fullMoment.format(date) };
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
  return new Date(value).toDateString() === new Date().toDateString();
}

export function shortTime(value: string): string {
  return formats().time.format(new Date(value));
}

export function timeAndDate(value: string): string {
  return toMoment(value)?.short ?? value;
}
