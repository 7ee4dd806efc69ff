/**
 * Finds blocks that a deletion joined: the user deleted from within one block to within a later one, so that the fields
 * of the later contact now stand below the id of the earlier one.
 */
import type { ContactRef } from '../../api/contacts';
import { fieldNames, keyOf } from '../../contacts/model/contact';
import type { FieldName } from '../../protocol/fields';
import type { Block, ParsedText } from './parsedText';
import type { SeenValues } from './typedEdits';

type ByField = Readonly<Partial<Record<FieldName, string>>>;

/**
 * Marks joined blocks as errors, so that they change nothing.
 * @param contacts the document's scope, in the order in which the text was written
 * @param seen the last values in the text
 */
export function withoutJoined(
  parsed: ParsedText,
  contacts: readonly ContactRef[],
  seen: SeenValues,
): ParsedText {
  if (parsed.missing.length === 0) return parsed;
  const missing = new Set(parsed.missing);
  const places = new Map(contacts.map((ref, n) => [ref, n]));
  const isJoined = ({ ref, isSound, fields }: Block): boolean => {
    const place = ref && places.get(ref);
    const own = ref && seen.get(keyOf(ref));
    if (!isSound || place === undefined || own === undefined) return false;
    const typed: ByField = Object.fromEntries(
      Object.values(fields).map(({ field, value }) => [field, value]),
    );
    // The contacts whose blocks are missing directly below this one.
    for (let n = place + 1; n < contacts.length; n++) {
      const next = contacts[n];
      if (next === undefined || !missing.has(next)) break;
      if (hasFieldsOf(typed, own, seen.get(keyOf(next)) ?? {})) return true;
    }
    return false;
  };
  const joined = parsed.blocks.filter(isJoined);
  if (joined.length === 0) return parsed;
  const errors = joined.map(({ idRange }) => ({ code: 'joinedBlocks' as const, range: idRange }));
  return {
    ...parsed,
    blocks: parsed.blocks.map((block) => (joined.includes(block) ? { ...block, isSound: false } : block)),
    errors: [...parsed.errors, ...errors].sort((a, b) => a.range.line - b.range.line),
  };
}

/**
 * Returns true if the user did not type a changed value, because it is another contact's. The lines after it are that
 * contact's, too, unless the user went on typing; the email address of another contact is enough.
 */
function hasFieldsOf(typed: ByField, own: ByField, other: ByField): boolean {
  const isOfOther = (field: FieldName) => typed[field] === other[field];
  return fieldNames.some(
    (field, n) =>
      isOfOther(field) &&
      typed[field] !== own[field] &&
      typed[field] !== '' &&
      (field === 'email' || fieldNames.slice(n + 1).every(isOfOther)),
  );
}
