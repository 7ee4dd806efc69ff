/** Finds the edits that the user typed into a document of contacts. */
import type { ContactRef } from '../../api/contacts';
import type { ByField } from '../../contacts/model/byField';
import { fieldNames, keyOf } from '../../contacts/model/contact';
import type { FieldName } from '../../protocol/fields';
import type { ParsedText } from './parsedText';

export interface TypedEdit {
  readonly ref: ContactRef;
  readonly field: FieldName;
  readonly value: string;
}

/** The last values in the text, by `keyOf` and field, from when its blocks had no errors. */
export type SeenValues = ReadonlyMap<string, ByField<string>>;

/**
 * Compares a text with its previous version and not with the drafts: a panel or another window may have changed a draft
 * since, and an outdated line must not revert that. Blocks in error and missing blocks or lines change nothing.
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
