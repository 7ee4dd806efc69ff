/**
 * Contacts as text. The grammar, line by line:
 *
 *     document = { comment | empty line | block }
 *     block    = "[" id "]" [ comment ] { field | comment }
 *     field    = name ":" [ " " value ]
 *     name     = "first_name" | "last_name" | "email" | "telephone"
 *     comment  = "#" text
 *
 * A value runs to the end of its line, without white space at its ends; `escape.ts` writes what cannot stand there.
 * An empty line ends a block. See `parse.ts` for what is an error.
 */
import type { ContactRef } from '../../api/contacts';
import { toLine } from '../../base/text';
import { fieldNames } from '../../contacts/model/contact';
import type { FieldName } from '../../protocol/fields';
import { escapeValue } from './escape';
import { shortIds } from './shortIds';

/** Identifies the format and its version. The letters reveal a text that was decoded with another encoding. */
export const signature = '# ctrlhub-contacts 1 (UTF-8: é ŵ ✓)';
export const signatureStart = '# ctrlhub-contacts';

export interface TextContact {
  readonly ref: ContactRef;
  /** The display name of the contact, for the comment after its id. */
  readonly title: string;
  readonly values: Readonly<Record<FieldName, string>>;
}

/**
 * @param header lines in the display language that describe the document; each becomes a comment
 * @param contacts all contacts of the document's scope, in its order
 */
export function writeContacts(header: readonly string[], contacts: readonly TextContact[]): string {
  const ids = shortIds(contacts.map(({ ref }) => ref));
  const comments = header.flatMap((line) => line.split(/\r\n?|\n/)).map((line) => `# ${line}`.trimEnd());
  const blocks = contacts.map(({ title, values }, n) => {
    const name = toLine(title);
    const fields = fieldNames.map((field) => writeField(field, values[field]));
    return ['', `[${ids[n]}]${name === '' ? '' : ` # ${name}`}`, ...fields];
  });
  return `${[signature, ...comments, ...blocks.flat()].join('\n')}\n`;
}

/** The line of one field, without its line ending. */
export const writeField = (field: FieldName, value: string) =>
  value === '' ? `${field}:` : `${field}: ${escapeValue(value)}`;
