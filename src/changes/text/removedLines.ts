/** Finds the lines that a user removed from texts, and so leaves alone. Pure. */
import type { ContactRef } from '../../api/contacts';
import { fieldsIn, only } from '../../contacts/model/byField';
import { fieldNames, keyOf } from '../../contacts/model/contact';
import type { Edits } from '../../contacts/model/update';
import type { FieldName } from '../../protocol/fields';
import type { ParsedText } from './parsedText';
import type { SeenValues } from './typedEdits';

interface Text {
  readonly contacts: readonly { readonly ref: ContactRef }[];
  readonly parsed: ParsedText;
  /** The last value of each line, also of those that were removed. */
  readonly seen: SeenValues;
}

/** The last values of removed lines, by `keyOf`, one for each text: their texts may have had different ones. */
export type RemovedLines = ReadonlyMap<string, readonly Edits[]>;

/** A line that one of several texts has is not removed. */
export function removedLines(texts: readonly Text[]): RemovedLines {
  const removed = new Map<string, readonly Edits[]>();
  const there = new Map<string, Set<FieldName>>();
  for (const { parsed } of texts)
    for (const { ref, fields } of parsed.blocks)
      if (ref) there.set(keyOf(ref), new Set([...(there.get(keyOf(ref)) ?? []), ...fieldsIn(fields)]));
  for (const { contacts, seen } of texts)
    for (const { ref } of contacts) {
      const key = keyOf(ref);
      const values = seen.get(key) ?? {};
      const gone = fieldsIn(values).filter((field) => !there.get(key)?.has(field));
      if (gone.length > 0) removed.set(key, [...(removed.get(key) ?? []), only(values, gone)]);
    }
  return removed;
}

/** Returns the fields whose unsaved edit is that of a removed line. What was typed elsewhere since is not left alone. */
export const leftAlone = (removed: readonly Edits[] | undefined, edits: Edits): readonly FieldName[] =>
  fieldNames.filter((field) =>
    removed?.some((lines) => lines[field] !== undefined && lines[field] === edits[field]),
  );
