/** Decides about each change that a language model proposes. Pure. */
import type { Resource } from '../api/http/document';
import { unseenKind } from '../changes/checks/unseen';
import { type Draft, isProposed } from '../contacts/drafts/draft';
import { isStructured, valuesOf } from '../contacts/model/contact';
import { validate } from '../contacts/model/validate';
import { type ChangeInput, parseChange } from './inputs';

/** The most characters of a proposed value. A person reads each of them. */
const maxLength = 500;

/**
 * - `input`: not a change; `doubled`: the call changes this field of this contact twice
 * - `length`, `characters`: too long, or has characters that nobody sees; `email`: has no @
 * - `contact`: not found; `unread`: could not be read; `structured`: the field holds no text
 * - `same`: Ctrl Hub has this value; `proposed`: this value waits already; `typed`: the user has an unsaved edit there
 * - `busy`: the contact is being saved, or its last save is not known
 */
export type RefusalReason =
  | 'input'
  | 'doubled'
  | 'length'
  | 'characters'
  | 'email'
  | 'contact'
  | 'unread'
  | 'structured'
  | 'same'
  | 'proposed'
  | 'typed'
  | 'busy';

export type Parsed = ChangeInput | { readonly refused: RefusalReason };

/** Parses the changes, and refuses those that no reading could allow. */
export function parseChanges(given: readonly unknown[]): readonly Parsed[] {
  const changes = withoutDoubled(given.map((one): Parsed => parseChange(one) ?? { refused: 'input' }));
  return changes.map((change) => {
    if ('refused' in change) return change;
    const refused = refusedValue(change);
    return refused === undefined ? { ...change, value: change.value.trim() } : { refused };
  });
}

/** Refuses changes of the same field of the same contact: neither of them can be preferred. */
export function withoutDoubled(changes: readonly Parsed[]): readonly Parsed[] {
  const counts = new Map<string, number>();
  const keyOf = ({ id, field }: ChangeInput) => JSON.stringify([id, field]);
  for (const change of changes)
    if (!('refused' in change)) counts.set(keyOf(change), (counts.get(keyOf(change)) ?? 0) + 1);
  return changes.map((change) =>
    'refused' in change || counts.get(keyOf(change)) === 1 ? change : { refused: 'doubled' },
  );
}

/** A value passes the checks of a typed one. Unlike a typed one, it has nothing that a person would not see. */
function refusedValue({ field, value }: ChangeInput): RefusalReason | undefined {
  if (value.length > maxLength) return 'length';
  if (unseenKind(value.trim()) === 'unseen') return 'characters';
  return validate(field, value)?.kind === 'wrong' ? 'email' : undefined;
}

/** The contact of a change. */
export interface Target {
  /** The contact as it was just read. */
  readonly resource: Resource;
  readonly draft: Draft | undefined;
  readonly isBusy: boolean;
}

/** @returns undefined if the change may be staged. Nothing that a person typed is ever replaced. */
export function refusedBy(
  { field, value }: ChangeInput,
  { resource, draft, isBusy }: Target,
): RefusalReason | undefined {
  const typed = draft?.edits[field];
  // Without an edit, a sent value is that of an earlier save.
  if (isBusy || (typed !== undefined && draft?.sent?.[field] !== undefined)) return 'busy';
  if (draft?.others?.some((other) => other.field === field)) return 'typed';
  // An answer to a conflict is the user's, whoever proposed the edit.
  if (draft?.choices?.[field] !== undefined) return 'typed';
  if (draft && typed !== undefined && !isProposed(draft, field)) return 'typed';
  if (isStructured(resource, field)) return 'structured';
  if (typed === value) return 'proposed';
  return valuesOf(resource)[field].trim() === value ? 'same' : undefined;
}

/** The reasons for the language model. */
export const refusalTexts: Readonly<Record<RefusalReason, string>> = {
  input: 'is not {"id": a text, "field": one of first_name, last_name, email, telephone, "value": a text}',
  doubled: 'is given twice for this field of this contact: neither is staged',
  length: `is longer than ${maxLength} characters`,
  characters: 'has line breaks, control characters or invisible characters',
  email: 'is no email address: it has no @',
  contact: 'is for a contact that does not exist in this organisation',
  unread: 'is for a contact that could not be read now',
  structured: 'is for a field that holds no text in this contact',
  same: 'changes nothing: the contact has this value',
  proposed: 'is proposed already and waits for the person',
  typed: 'is for a field with an unsaved edit of the person, which is never replaced',
  busy: 'is for a contact that is being saved',
};
