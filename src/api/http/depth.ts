import { parseExactly } from '../../base/exactNumbers';

/** Levels of lists and objects within one another; a contact of the API has seven. */
const mostLevels = 200;

const [quote, backslash] = [0x22, 0x5c];
const open = new Set([0x5b, 0x7b]);
const close = new Set([0x5d, 0x7d]);

/** Characters that `JSON.parse` takes in no time, however deep they nest. */
const short = 1_000_000;

/**
 * Parses a JSON text, unless it nests deeper than anything honest. `JSON.parse` would take it, and whatever
 * comes after (comparing, sending it back, showing it) calls itself for each level until the stack is full.
 * @throws SyntaxError
 */
export function parseShallow(text: string): unknown {
  const value = parseAnyDepth(text);
  if (isDeep(value, mostLevels)) throw new SyntaxError('It nests too deep');
  return value;
}

/** For what nobody looks far into, such as the rows of a list. @throws SyntaxError */
export function parseAnyDepth(text: string): unknown {
  refuseTooDeep(text);
  return parseExactly(text);
}

function refuseTooDeep(text: string): void {
  if (text.length > short && isTooDeep(text)) throw new SyntaxError('It nests too deep');
}

/** A look at what was parsed costs a twentieth of parsing it, if it makes nothing on its way. */
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
      if (++depth > mostLevels) return true;
    } else if (close.has(code)) depth--;
  }
  return false;
}

/** Where the string that begins at `from` ends. */
function endOfString(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === backslash) slashes++;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}
