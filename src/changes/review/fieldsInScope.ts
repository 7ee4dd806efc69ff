/** The fields of a contact to which a review is limited. Pure. */
import type { ContactRef } from '../../api/contacts';
import { fieldsIn } from '../../contacts/model/byField';
import { fieldNames, keyOf } from '../../contacts/model/contact';
import type { Edits } from '../../contacts/model/update';
import type { FieldName } from '../../protocol/fields';
import type { PlanItem } from '../plan/plan';
import { leftAlone, type RemovedLines } from '../text/removedLines';
import type { ReviewScope } from './reviewScope';

/** Returns undefined if all unsaved edits of a contact are in the review. */
export type FieldsInScope = (ref: ContactRef, edits: Edits) => readonly FieldName[] | undefined;

/** @param removed the lines that the user removed from open texts; a file and an Undo have fields of their own */
export function fieldsInScope({ refs, fields, file }: ReviewScope, removed: RemovedLines): FieldsInScope {
  const inFile = new Map(file?.matched.map((row) => [keyOf(row.ref), row.values]));
  return (ref, edits) => {
    const values = inFile.get(keyOf(ref));
    if (values) return fieldsIn(values);
    if (refs) return fields?.get(keyOf(ref));
    const left = leftAlone(removed.get(keyOf(ref)), edits);
    return left.length === 0 ? undefined : fieldNames.filter((field) => !left.includes(field));
  };
}

/** Returns true if the plan sends a change that is not in the scope any more. */
export const isOutOfScope = (
  items: readonly PlanItem[],
  inScope: FieldsInScope,
  editsOf: (ref: ContactRef) => Edits,
): boolean =>
  items.some(({ ref, changes }) => {
    const fields = inScope(ref, editsOf(ref));
    return fields !== undefined && changes.some(({ field }) => !fields.includes(field));
  });
