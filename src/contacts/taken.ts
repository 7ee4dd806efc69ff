/** A contact as text for elsewhere. */
import type { Resource } from '../api/document';
import { toLine } from '../base/text';
import { displayName, fullName, textOf } from './contact';

/** One line of a value, whole: what is pasted must not run on into a second line. */
const line = (text: string) => toLine(text, 10_000);

export const emailLine = (resource: Resource) => line(textOf(resource, 'email'));
export const telephoneLine = (resource: Resource) => line(textOf(resource, 'telephone'));

/** `Ada Byron <ada@example.org>`, as mail programs take it; what is missing is left out. */
export function nameLine(resource: Resource): string {
  const name = line(fullName(resource));
  const email = emailLine(resource);
  if (name === '' || email === '') return name || email || line(displayName(resource));
  return `${name} <${email}>`;
}

/** As the API gave it; a row of a list knows its place, too, which is nobody's business. */
export function asGiven({ id, type, attributes, meta, ...rest }: Resource): Record<string, unknown> {
  const { position: _, ...others } = rest;
  const known = Object.entries({ type, id, attributes, meta, ...others });
  return Object.fromEntries(known.filter(([, value]) => value !== undefined));
}

export const toJson = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
