import { parseExactly } from '../../base/exactNumbers';

/** The maximum depth of lists and objects; a contact of the API has a depth of seven. */
const maxLevels = 200;

const [quote, backslash] = [0x22, 0x5c];
const open = new Set([0x5b, 0x7b]);
const close = new Set([0x5d, 0x7d]);

/** The length, in characters, of a text that `JSON.parse` handles quickly at any depth. */
const short = 1_000_000;

/**
 * Parses a JSON text, unless its depth exceeds `maxLevels`. `JSON.parse` would accept it, but the recursive
 * code after it (comparing, sending, showing) would overflow the stack.
 * @throws SyntaxError
 */
export function parseShallow(text: string): unknown {
  const value = parseAnyDepth(text);
  if (isDeep(value, maxLevels)) throw new SyntaxError('It nests too deep');
  return value;
}

/**
 * Parses a JSON text whose inner values are not walked, such as the rows of a list.
 * @throws SyntaxError
 */
export function parseAnyDepth(text: string): unknown {
  refuseTooDeep(text);
  return parseExactly(text);
}

function refuseTooDeep(text: string): void {
  if (text.length > short && isTooDeep(text)) throw new SyntaxError('It nests too deep');
}

/** Checks the depth without allocating, which costs a twentieth of the time of parsing. */
function isDeep(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (left === 0) return true;
  const parts: Readonly<Record<string, unknown>> = Object(value);
  for (const key in parts) {
    const part = parts[key];
    if (typeof part === 'object' && part !== null && isDeep(part, left - 1)) return true;
  }
  return false;
}

function isTooDeep(text: string): boolean {
  for (let at = 0, depth = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (open.has(code)) {
      if (++depth > maxLevels) return true;
    } else if (close.has(code)) depth--;
  }
  return false;
}

/** @returns the position of the closing quote of the string that begins at `from` */
function endOfString(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === backslash) slashes++;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}
