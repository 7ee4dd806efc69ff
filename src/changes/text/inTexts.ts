/** Finds the contacts and lines that a user removed from texts, and so leaves alone. Pure. */
import type { ContactRef } from '../../api/contacts';
import { fieldNames, keyOf } from '../../contacts/model/contact';
import type { FieldName } from '../../protocol/fields';
import type { ParsedText } from './parsedText';

interface Text {
  readonly contacts: readonly { readonly ref: ContactRef }[];
  readonly parsed: ParsedText;
}

/**
 * The contacts of which something was removed, by `keyOf`, with the fields that are still there; `missing` without the
 * block.
 */
export type InTexts = ReadonlyMap<string, readonly FieldName[] | 'missing'>;

/** A line that one of several texts has is not removed. */
export function inTexts(texts: Iterable<Text>): InTexts {
  const there = new Map<string, Set<FieldName> | undefined>();
  for (const { contacts, parsed } of texts) {
    const blocks = new Map(parsed.blocks.flatMap(({ ref, fields }) => (ref ? [[keyOf(ref), fields]] : [])));
    for (const { ref } of contacts) {
      const fields = blocks.get(keyOf(ref));
      const before = there.get(keyOf(ref));
      const own = fieldNames.filter((field) => fields?.[field] !== undefined);
      there.set(keyOf(ref), fields || before ? new Set([...(before ?? []), ...own]) : undefined);
    }
  }
  const removed = [...there].filter(([, fields]) => fields?.size !== fieldNames.length);
  return new Map(removed.map(([key, fields]) => [key, fields ? [...fields] : 'missing']));
}
