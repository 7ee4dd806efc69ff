import type { FieldName } from '../../protocol/fields';
import { fieldNames } from '../model/contact';
import { type Draft, isProposed, type OtherText, withProposed } from './draft';

/**
 * Restores reverted edits. A field that has been edited since, in this window or another one, keeps that
 * text.
 * @returns also the reverted texts of those fields: `others`
 */
export function withReverted(
  draft: Draft,
  reverted: Draft,
): { readonly left: Draft; readonly others: readonly OtherText[] } {
  let left = draft;
  const others: OtherText[] = [];
  for (const field of fieldNames) {
    const text = reverted.edits[field];
    if (text === undefined || text === draft.edits[field]) continue;
    if (draft.edits[field] === undefined) left = withField(left, field, reverted);
    else others.push({ field, text });
  }
  return { left, others };
}

function withField(draft: Draft, field: FieldName, from: Draft): Draft {
  const choice = from.choices?.[field];
  const restored = {
    ...draft,
    edits: { ...draft.edits, [field]: from.edits[field] ?? '' },
    base: { ...draft.base, [field]: from.base[field] ?? '' },
    choices: { ...draft.choices, ...(choice ? { [field]: choice } : {}) },
  };
  return isProposed(from, field) ? withProposed(restored, field) : restored;
}
