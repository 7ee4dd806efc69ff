/** Formats a contact as text for other programs. */
import type { Resource } from '../../api/http/document';
import { toJsonText } from '../../base/exactNumbers';
import { toLine } from '../../base/text';
import { fullName, textOf } from './contact';

/** Makes one line of a whole value, so that pasted text does not continue on a second line. */
const line = (text: string) => toLine(text, 10_000);

export const emailLine = (resource: Resource) => line(textOf(resource, 'email'));
export const telephoneLine = (resource: Resource) => line(textOf(resource, 'telephone'));

/** Characters that end an address between angle brackets or begin another one. */
const divides = /[<>,;:"()\\|\s]|@.*@/;

/**
 * Characters that separate addresses or are special in them (RFC 5322). Mail programs accept a dot without
 * quotes.
 */
const special = /[()<>[\]:;@\\,"]/;

/** Formats `Ada Byron <ada@example.org>` for mail programs; missing parts are left out. */
export function nameLine(resource: Resource): string {
  const name = line(fullName(resource));
  // In angle brackets or in a list, such a text could end the recipient and begin another one.
  const email = divides.test(emailLine(resource).normalize('NFKC')) ? '' : emailLine(resource);
  if (name === '' && email === '') return telephoneLine(resource) || line(resource.id);
  if (name === '' || email === '') return name || email;
  const phrase = special.test(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : name;
  return `${phrase} <${email}>`;
}

export const toJson = (value: unknown) => `${toJsonText(value, 2)}\n`;
