/** A contact as text for elsewhere. */
import type { Resource } from '../../api/http/document';
import { toJsonText } from '../../base/exactNumbers';
import { toLine } from '../../base/text';
import { fullName, textOf } from './contact';

/** One line of a value, whole: what is pasted must not run on into a second line. */
const line = (text: string) => toLine(text, 10_000);

export const emailLine = (resource: Resource) => line(textOf(resource, 'email'));
export const telephoneLine = (resource: Resource) => line(textOf(resource, 'telephone'));

/** What ends an address between angle brackets, or begins another one. */
const divides = /[<>,;:"()\\|\s]|@.*@/;

/** What divides addresses or has a meaning in them, by RFC 5322. A dot has none that anybody minds. */
const special = /[()<>[\]:;@\\,"]/;

/** `Ada Byron <ada@example.org>`, as mail programs take it; what is missing is left out. */
export function nameLine(resource: Resource): string {
  const name = line(fullName(resource));
  // Between angle brackets or in a list, such a text could end the recipient and begin another.
  const email = divides.test(emailLine(resource).normalize('NFKC')) ? '' : emailLine(resource);
  if (name === '' && email === '') return telephoneLine(resource) || line(resource.id);
  if (name === '' || email === '') return name || email;
  const phrase = special.test(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : name;
  return `${phrase} <${email}>`;
}

export const toJson = (value: unknown) => `${toJsonText(value, 2)}\n`;
