/** Converts the result of a save into the outcome of a plan's item. */
import { ApiError } from '../../api/http/errors';
import { fieldsIn, only } from '../../contacts/model/byField';
import { valuesOf } from '../../contacts/model/contact';
import type { Edits } from '../../contacts/model/update';
import { type Attempt, undoOf } from '../../contacts/saving/contactSaveState';
import type { Exacts } from '../../contacts/saving/outgoing';
import type { FieldName } from '../../protocol/fields';
import type { Arrived, ItemOutcome } from './outcome';

/** @param before the values in Ctrl Hub when the plan was made, limited to the fields that change */
export function outcomeOf(attempt: Attempt, after: Edits, before: Exacts<FieldName>): ItemOutcome {
  switch (attempt.kind) {
    case 'saved': {
      // A save that sends nothing reads the contact only once.
      if (attempt.read === attempt.document) return { kind: 'alreadySo' };
      const now = only(valuesOf(attempt.document.resource), fieldsIn(after));
      return { kind: 'saved', arrived: { replaced: undoOf(attempt, after), now } };
    }
    case 'conflict':
      return {
        kind: 'conflict',
        fields: attempt.conflicts.map(({ field }) => field),
        arrived: partly(attempt, before),
      };
    case 'ignored':
      return { kind: 'refused', reason: 'ignored', words: [], arrived: partly(attempt, before) };
    case 'notSaved':
      return { ...refusal(attempt.error), arrived: partly(attempt, before) };
    case 'nameRefused':
    case 'failed':
      return refusal(attempt.error);
    case 'unknown':
      return { kind: 'unknown' };
  }
}

export function refusal(error: unknown): Extract<ItemOutcome, { kind: 'refused' }> {
  if (!(error instanceof ApiError)) return { kind: 'refused', reason: 'unexpected', words: [] };
  const { reason, status, problems, traceId } = error;
  const words = problems.map(({ title, detail }) => [title, detail].filter(Boolean).join(': '));
  return { kind: 'refused', reason, status, words, traceId };
}

function partly(
  {
    taken,
    document,
  }: { readonly taken: Edits; readonly document: { readonly resource: Parameters<typeof valuesOf>[0] } },
  before: Exacts<FieldName>,
): Arrived | undefined {
  const fields = fieldsIn(taken);
  if (fields.length === 0) return undefined;
  return { replaced: only(before, fields), now: only(valuesOf(document.resource), fields) };
}
