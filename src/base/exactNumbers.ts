/**
 * Reads and writes JSON without losing digits. `JSON.parse` changes a number that a JavaScript number cannot
 * hold, such as an ID of twenty digits or an amount with as many decimals, and a PUT would send the changed
 * number back.
 */
import { randomUUID } from 'node:crypto';

// All bundles share the brand and the mark, because one bundle writes values that another one parsed.
const brand = Symbol.for('ctrl-hub.exact-number');
const shared: Record<symbol, string> = Object(globalThis);
/** The mark is random, so that no server text can contain it. */
shared[brand] ??= randomUUID();
const mark = shared[brand];

/** A number as its JSON text, `text`. */
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

/**
 * Parses JSON. A number that would lose digits becomes an `ExactNumber`.
 * @throws SyntaxError
 */
export function parseExactly(text: string): unknown {
  if (!isSuspicious(text)) return JSON.parse(text);
  return JSON.parse(marked(text), (_key, value: unknown) =>
    typeof value === 'string' && value.startsWith(mark) ? new ExactNumber(value.slice(mark.length)) : value,
  );
}

/**
 * Replaces each inexact number with a marked string. A loop skips the strings, because a regular expression
 * recurses over their escapes.
 */
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

/** @param begin the position of the opening quote, or the end of the text */
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

/** A number in the place of a key is invalid JSON and must stay so: a marked string would make it valid. */
const markNumbers = (between: string) =>
  between.replace(numbers, (token, at: number) =>
    fitsNumber(token) || isKey(between, at + token.length) ? token : `"${mark}${token}"`,
  );

function isKey(text: string, end: number): boolean {
  colon.lastIndex = end;
  return colon.test(text);
}

const colon = /\s*:/y;

/** Accepts digits, the decimal point between them, and "/", which never touches that many digits. */
const isDigit = (code: number) => code > 45 && code < 58;
const maxDigits = 15;

/**
 * Returns true if a text may hold an inexact number; other texts skip the slow path. The loop samples every
 * 16th character, which meets each run of digits that is too long; reading every character would take as long
 * as parsing.
 */
function isSuspicious(text: string): boolean {
  for (let at = maxDigits; at < text.length; at += maxDigits + 1) {
    if (!isDigit(text.charCodeAt(at))) continue;
    let [from, to] = [at, at];
    while (isDigit(text.charCodeAt(from - 1))) from--;
    while (isDigit(text.charCodeAt(to + 1))) to++;
    if (to - from >= maxDigits) return true;
  }
  // Finds an exponent of three digits that ends a number. IDs and addresses contain similar letters and
  // digits.
  return /\d[eE][+-]?\d{3,}\s*(?:[,}\]]|$)/.test(text);
}

/** Works as `JSON.stringify`, but writes each `ExactNumber` with its original digits. */
export function toJsonText(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, null, indent);
  return text.includes(mark) ? text.replaceAll(new RegExp(`"${mark}([^"]*)"`, 'g'), '$1') : text;
}

/**
 * A JavaScript number holds 15 digits, unless it is near zero or so large that it is written with an
 * exponent: an ID must keep its zeros.
 */
function fitsNumber(token: string): boolean {
  const [digits = ''] = token.split(/e/i);
  const significant = digits.replace(/\D/g, '').replace(/^0+|0+$/g, '');
  const size = Math.abs(Number(token));
  return significant === '' || (significant.length <= maxDigits && size > 3e-308 && size < 1e21);
}
