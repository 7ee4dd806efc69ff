/**
 * JSON without losing digits. A number that JavaScript's cannot hold (an id of twenty digits, an amount with
 * as many decimals) would come out of `JSON.parse` as another one, and go back to the API as that.
 */
import { randomUUID } from 'node:crypto';

// Of all bundles: what one of them parsed another one writes.
const brand = Symbol.for('ctrl-hub.exact-number');
const shared: Record<symbol, string> = Object(globalThis);
/** Nobody who sends us text can know it. */
shared[brand] ??= randomUUID();
const mark = shared[brand];

/** `text` is the number as it came. */
export class ExactNumber {
  readonly [brand] = true;
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }

  toJSON(): string {
    return mark + this.text;
  }
}

export const isExactNumber = (value: unknown): value is ExactNumber =>
  typeof value === 'object' && value !== null && brand in value;

const numbers = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** @throws SyntaxError */
export function parseExactly(text: string): unknown {
  if (!isSuspicious(text)) return JSON.parse(text);
  return JSON.parse(marked(text), (_key, value: unknown) =>
    typeof value === 'string' && value.startsWith(mark) ? new ExactNumber(value.slice(mark.length)) : value,
  );
}

/** The text with such numbers as marked strings. Strings are skipped by hand: an expression recurses over their escapes. */
function marked(text: string): string {
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    const quote = text.indexOf('"', at);
    const begin = quote === -1 ? text.length : quote;
    parts.push(markNumbers(text.slice(at, begin)));
    at = endOfString(text, begin);
    parts.push(text.slice(begin, at));
  }
  return parts.join('');
}

/** @param begin the position of its opening quote, or the end of the text */
function endOfString(text: string, begin: number): number {
  for (let at = begin + 1; ; at++) {
    at = text.indexOf('"', at);
    if (at === -1) return text.length;
    let escapes = at;
    while (text.charCodeAt(escapes - 1) === backslash) escapes--;
    if ((at - escapes) % 2 === 0) return at + 1;
  }
}

const backslash = 92;

/** A number in the place of a key is no JSON, and stays what it is: a string there would be. */
const markNumbers = (between: string) =>
  between.replace(numbers, (token, at: number) =>
    isHeld(token) || isKey(between, at + token.length) ? token : `"${mark}${token}"`,
  );

function isKey(text: string, end: number): boolean {
  colon.lastIndex = end;
  return colon.test(text);
}

const colon = /\s*:/y;

/** Digits, the point among them, and a slash that never stands beside so many. */
const isDigit = (code: number) => code > 45 && code < 58;
const most = 15;

/**
 * Whether a text may hold such a number at all; most don't, and are parsed at once. Every so many characters
 * is often enough to meet a long one: a look at each of them would take as long as parsing does.
 */
function isSuspicious(text: string): boolean {
  for (let at = most; at < text.length; at += most + 1) {
    if (!isDigit(text.charCodeAt(at))) continue;
    let [from, to] = [at, at];
    while (isDigit(text.charCodeAt(from - 1))) from--;
    while (isDigit(text.charCodeAt(to + 1))) to++;
    if (to - from >= most) return true;
  }
  // An exponent that is out of reach, with what ends a number: ids and addresses have such letters and digits, too.
  return /\d[eE][+-]?\d{3,}\s*(?:[,}\]]|$)/.test(text);
}

/** As `JSON.stringify`, with such numbers as they came. */
export function toJsonText(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, null, indent);
  return text.includes(mark) ? text.replaceAll(new RegExp(`"${mark}([^"]*)"`, 'g'), '$1') : text;
}

/**
 * Fifteen digits are what JavaScript holds of any number, unless it is too near to nothing, or so large that it is
 * written with an exponent: the id of a contact must keep its zeros.
 */
function isHeld(token: string): boolean {
  const [digits = ''] = token.split(/e/i);
  const significant = digits.replace(/\D/g, '').replace(/^0+|0+$/g, '');
  const size = Math.abs(Number(token));
  return significant === '' || (significant.length <= most && size > 3e-308 && size < 1e21);
}
