/** What a person typed into a document of contacts, as edits for their drafts. */
import type { ContactRef } from '../../api/contacts';
import { fieldNames, keyOf } from '../../contacts/model/contact';
import type { FieldName } from '../../protocol/fields';
import type { ParsedText } from './parsedText';

export interface TypedEdit {
  readonly ref: ContactRef;
  readonly field: FieldName;
  readonly value: string;
}

/** The values that the text last had, by `keyOf` and field, while its blocks were sound. */
export type SeenValues = ReadonlyMap<string, Readonly<Partial<Record<FieldName, string>>>>;

/**
 * Compares a text with what it said before, not with the drafts: a panel or another window may have typed since,
 * and an old line must not take that back. A block in error, a missing one and a missing line change nothing.
 */
export function typedEdits(
  seen: SeenValues,
  { blocks }: ParsedText,
): { readonly edits: readonly TypedEdit[]; readonly seen: SeenValues } {
  const now = new Map(seen);
  const edits: TypedEdit[] = [];
  for (const { ref, isSound, fields } of blocks) {
    if (ref === undefined || !isSound) continue;
    const before = now.get(keyOf(ref)) ?? {};
    const changed = fieldNames.flatMap((field) => {
      const value = fields[field]?.value;
      return value === undefined || value === before[field] ? [] : [{ ref, field, value }];
    });
    if (changed.length === 0) continue;
    edits.push(...changed);
    const values = Object.fromEntries(changed.map(({ field, value }) => [field, value]));
    now.set(keyOf(ref), { ...before, ...values });
  }
  return { edits, seen: now };
}
