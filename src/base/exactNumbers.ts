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

/** Whether a text may hold such a number at all; most don't, and are parsed at once. */
const suspicious = /[\d.]{16}|[:,[]\s*-?[\d.]+[eE]/;
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** @throws SyntaxError */
export function parseExactly(text: string): unknown {
  if (!suspicious.test(text)) return JSON.parse(text);
  const marked = text.replace(tokens, (token) =>
    token.startsWith('"') || isHeld(token) ? token : `"${mark}${token}"`,
  );
  return JSON.parse(marked, (_key, value: unknown) =>
    typeof value === 'string' && value.startsWith(mark) ? new ExactNumber(value.slice(mark.length)) : value,
  );
}

/** As `JSON.stringify`, with such numbers as they came. */
export function toJsonText(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, null, indent);
  return text.includes(mark) ? text.replaceAll(new RegExp(`"${mark}([^"]*)"`, 'g'), '$1') : text;
}

/** Fifteen digits are what JavaScript holds of any number. */
function isHeld(token: string): boolean {
  const [digits = ''] = token.split(/e/i);
  const significant = digits.replace(/\D/g, '').replace(/^0+|0+$/g, '');
  return significant.length <= 15 && Number.isFinite(Number(token));
}
