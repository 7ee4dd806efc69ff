/** Facts about the drafts of a text's values that the text itself does not show. */
import type { ContactRef } from '../../api/contacts';
import { type Draft, isProposed } from '../../contacts/drafts/draft';
import { fieldNames } from '../../contacts/model/contact';
import type { Block, FieldLine } from '../text/parsedText';

/** An assistant proposed the value, or another window had another text in the field. */
export type DraftNote = { readonly line: FieldLine } & (
  | { readonly kind: 'proposed' }
  | { readonly kind: 'otherText'; readonly text: string }
);

export type DraftOf = (ref: ContactRef) => Draft | undefined;

export function draftNotes({ ref, fields, isSound }: Block, draftOf: DraftOf): readonly DraftNote[] {
  const draft = ref && isSound ? draftOf(ref) : undefined;
  if (draft === undefined) return [];
  return fieldNames.flatMap((field): readonly DraftNote[] => {
    const line = fields[field];
    if (line === undefined) return [];
    // A value that is being typed is not in the draft yet.
    const proposed = isProposed(draft, field) && draft.edits[field] === line.value;
    const others = (draft.others ?? []).filter((one) => one.field === field && one.text !== line.value);
    return [
      ...(proposed ? [{ kind: 'proposed', line } as const] : []),
      ...others.map(({ text }) => ({ kind: 'otherText', line, text }) as const),
    ];
  });
}
