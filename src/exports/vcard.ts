/**
 * vCards 4.0 (RFC 6350) and 3.0 (RFC 2426). Of the libraries, those that write both don't escape, the one
 * that is right is 25 kB and writes 4.0 only, and all fold by characters, not by octets.
 */
import { displayName, textOf } from '../contacts/contact';
import type { Exported } from './exported';

type Version = '3.0' | '4.0';

export function toVcard({ resource, organisation }: Exported, version: Version): string {
  const text = (name: 'first_name' | 'last_name' | 'email' | 'telephone') => textOf(resource, name).trim();
  const email = text('email');
  const telephone = text('telephone');
  const revised = timestamp(resource.meta?.modified_at ?? resource.meta?.updated_at, version);
  const single = (value: string) => escapedAlone(value, version);
  const lines = [
    'BEGIN:VCARD',
    `VERSION:${version}`,
    `FN:${single(displayName(resource))}`,
    `N:${escaped(text('last_name'))};${escaped(text('first_name'))};;;`,
    ...(email === '' ? [] : [`EMAIL:${single(email)}`]),
    ...(telephone === '' ? [] : [`TEL:${single(telephone)}`]),
    ...(organisation === '' ? [] : [`ORG:${escaped(organisation)}`]),
    uid(resource.id, version),
    ...(revised === undefined ? [] : [`REV:${revised}`]),
    'END:VCARD',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** In 4.0 a UID is an address, unless it says that it is text. */
function uid(id: string, version: Version): string {
  if (version === '3.0') return `UID:${escaped(id)}`;
  const isUuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id);
  return isUuid ? `UID:urn:uuid:${id.toLowerCase()}` : `UID;VALUE=text:${escapedAlone(id, version)}`;
}

/** 4.0 takes the basic form of ISO 8601 only, 3.0 is best known in the extended one. */
function timestamp(value: unknown, version: Version): string | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  const year = new Date(time).getUTCFullYear();
  if (Number.isNaN(time) || year < 1 || year > 9999) return undefined;
  const iso = `${new Date(time).toISOString().slice(0, 19)}Z`;
  return version === '3.0' ? iso : iso.replace(/[-:]/g, '');
}

// A control character is not allowed in a value, but for a tab; half a character in no file.
const unfit = /(?!\t)[\p{Cc}\p{Cs}]/gu;

function escaped(text: string): string {
  return text
    .replace(/[\\,;]/g, '\\$&')
    .replace(/\r\n|\r|\n/g, '\\n')
    .replace(unfit, '\uFFFD');
}

/** Where there is one value, 4.0 leaves a semicolon as it is, and some readers would show its backslash. */
function escapedAlone(text: string, version: Version): string {
  return version === '3.0' ? escaped(text) : escaped(text).replaceAll('\\;', ';');
}

/** Octets of a line, its break not counted. */
const longest = 75;

/** A line goes on in the next one, after a space; no character is divided. */
function folded(line: string): string {
  if (Buffer.byteLength(line) <= longest) return line;
  let result = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > longest) {
      result += '\r\n ';
      octets = 1;
    }
    result += character;
    octets += size;
  }
  return result;
}
