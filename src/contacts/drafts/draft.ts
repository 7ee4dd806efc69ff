/** What a person typed and has not saved: pure values and how they change. */

import type { ConflictChoice, FieldName } from '../../protocol/fields';
import { contactFields, fieldNames, type Values } from '../model/contact';
import { sameFieldValue } from '../model/sameValue';
import type { Edits } from '../model/update';

/** A draft belongs to one contact of one organisation at one API. */
export interface DraftKey {
  readonly origin: string;
  readonly organisationId: string;
  readonly contactId: string;
}

/** The answers given so far to the conflicts of a draft. */
type Choices = Readonly<Partial<Record<FieldName, ConflictChoice>>>;

/** A text that another window had in a field, and that was typed over. */
export interface OtherText {
  readonly field: FieldName;
  readonly text: string;
}

export interface Draft {
  readonly edits: Edits;
  /** For each edited field, what it held when it was first edited. */
  readonly base: Edits;
  /** What was chosen so far of the edited fields that are in conflict. */
  readonly choices?: Choices;
  /** Values of these fields that were sent while nobody saw an answer: they may have arrived. */
  readonly sent?: Edits | undefined;
  /** Texts of other windows that were typed over: kept until a person says otherwise. */
  readonly others?: readonly OtherText[] | undefined;
  /** The fields without an edit that were saved: a newer text of another window stands on what was saved. */
  readonly saved?: readonly FieldName[] | undefined;
  /** When it began, RFC 3339. */
  readonly since: string;
  /** How a person knows the contact, for lists of drafts; server text. */
  readonly title: string;
  readonly organisation: string;
}

export function isEmpty(draft: Draft | undefined): boolean {
  return draft === undefined || Object.keys(draft.edits).length === 0;
}

export function keyText({ origin, organisationId, contactId }: DraftKey): string {
  return JSON.stringify([origin, organisationId, contactId]);
}

/**
 * One field typed over `base`, the value that was on screen. Typing that back ends the edit, unless another
 * value is on its way to the API just then (`sending`), or may have arrived there.
 */
export function withEdit(
  draft: Draft,
  field: FieldName,
  value: string,
  base: string,
  sending: Edits = {},
): Draft {
  // Another window may have ended an edit whose mark is still here. What was saved need not be on screen yet.
  const isMarked = draft.edits[field] !== undefined || isSavedElse(draft, field, base);
  const begun = isMarked ? draft : withoutSent(draft, [field]);
  const from = draft.base[field] ?? base;
  const isElsewhere = sending[field] !== undefined || begun.sent?.[field] !== undefined;
  if (value === base && !isElsewhere) return withoutFields(draft, [field]);
  return { ...begun, edits: { ...begun.edits, [field]: value }, base: { ...begun.base, [field]: from } };
}

/**
 * Without white space at the ends: what a save sends.
 * @param now what the API has, where that is known: an edit that is no more than white space ends
 * @param exact fields that put a value back as it was
 */
export function tidied(draft: Draft, now: Edits = {}, exact: Edits = {}): Draft {
  let left = draft;
  for (const field of fieldNames) {
    const value = draft.edits[field];
    if (value === undefined || value === value.trim() || value === exact[field]) continue;
    const trimmed = value.trim();
    left =
      trimmed === left.base[field] && trimmed === now[field]
        ? withoutFields(left, [field])
        : { ...left, edits: { ...left.edits, [field]: trimmed } };
  }
  return left;
}

/** The field was saved, here or in another window, and this is not what it was saved as. */
export function isSavedElse({ saved, sent }: Draft, field: FieldName, shown: string): boolean {
  const ours = sent?.[field];
  return ours !== undefined && saved?.includes(field) === true && !isSame(field, ours, shown);
}

const isSame = (field: FieldName, sent: string, now: string) =>
  sameFieldValue(contactFields.kindOf(field), sent, now);

function withoutFields(draft: Draft, fields: readonly FieldName[]): Draft {
  if (!fields.some((field) => draft.edits[field] !== undefined)) return draft;
  const kept = fieldNames.filter((field) => !fields.includes(field));
  const { edits, base, choices = {}, sent = {} } = draft;
  return {
    ...draft,
    edits: only(edits, kept),
    base: only(base, kept),
    choices: only(choices, kept),
    sent: only(sent, kept),
  };
}

/** Without edits to what is on screen anyhow. Where something of ours may have arrived, only a reading tells. */
export function withoutUnchanged(draft: Draft, shown: Values): Draft {
  const isSame = (field: FieldName) =>
    draft.edits[field] === shown[field] && draft.sent?.[field] === undefined;
  return withoutFields(
    draft,
    fieldNames.filter((field) => isSame(field)),
  );
}

/**
 * Compares a draft with a new reading of the API. Edits that the API has by now end. A value of ours that arrived
 * after all is what the field starts from now; one that did not is forgotten once something else is typed.
 */
export function afterReading(draft: Draft, now: Values): Draft {
  let left = withoutFields(
    draft,
    fieldNames.filter((field) => draft.edits[field] === now[field]),
  );
  for (const field of fieldNames) {
    const { [field]: ours } = left.sent ?? {};
    const { [field]: mine } = left.edits;
    if (ours === undefined) continue;
    if (mine === undefined) {
      // What was saved is history once somebody has changed it.
      if (isSavedElse(left, field, now[field])) left = withoutSent(left, [field]);
      continue;
    }
    if (hasArrived(left, field, now[field]))
      left = mine === ours ? withoutFields(left, [field]) : withChoice(left, field, mine, now[field]);
    else if (mine !== ours) left = withoutSent(left, [field]);
  }
  return withSaved(draft, left, draft.sent ?? {}, (field) => now[field] !== draft.base[field]);
}

/**
 * The fields whose edits ended because the API has them join those that were saved earlier. What they were saved as
 * stays known: another window may still show what was there before.
 */
function withSaved(before: Draft, left: Draft, sent: Edits, isSaved: (field: FieldName) => boolean): Draft {
  const ended = fieldNames.filter(
    (field) => before.edits[field] !== undefined && left.edits[field] === undefined && isSaved(field),
  );
  if (ended.length === 0) return left;
  const values = { ...only(before.edits, ended), ...only(sent, ended) };
  const saved = [...new Set([...(left.saved ?? []), ...ended])];
  return { ...left, saved, sent: { ...left.sent, ...values } };
}

/** A value of ours that was sent while nobody saw an answer is what the API has now, as it tidied it. */
export function hasArrived({ base, sent }: Draft, field: FieldName, now: string | undefined): boolean {
  const ours = sent?.[field];
  if (ours === undefined || now === undefined) return false;
  return now !== base[field] && isSame(field, ours, now);
}

/** Values of ours that arrived after all are what their fields start from, whatever is typed there by now. */
export function afterArrival(draft: Draft, now: Values): Draft {
  const arrived = fieldNames.filter(
    (field) => draft.edits[field] !== undefined && hasArrived(draft, field, now[field]),
  );
  return arrived.length === 0 ? draft : { ...draft, base: { ...draft.base, ...only(now, arrived) } };
}

/** These values are about to be sent: until an answer is seen, they may have arrived or not. */
export function withSent(draft: Draft, sending: Edits): Draft {
  const mine = only(
    sending,
    fieldNames.filter((field) => draft.edits[field] !== undefined),
  );
  return { ...draft, sent: { ...draft.sent, ...mine } };
}

function withoutSent(draft: Draft, fields: readonly FieldName[]): Draft {
  if (!fields.some((field) => draft.sent?.[field] !== undefined)) return draft;
  const kept = fieldNames.filter((field) => !fields.includes(field));
  return { ...draft, sent: only(draft.sent ?? {}, kept) };
}

/**
 * The API said that what was sent last did not arrive. Another window may have other fields on their way.
 * @param before what may have arrived earlier
 */
export function afterRefusal(draft: Draft, sent: Edits, before: Edits = {}): Draft {
  const fields = fieldNames.filter((field) => sent[field] !== undefined);
  const left = withoutSent(draft, fields);
  const earlier = only(before, fields);
  return Object.keys(earlier).length === 0 ? left : withSent(left, earlier);
}

/** A field's value as it was chosen in a conflict: from now on it stands on theirs. */
export function withChoice(draft: Draft, field: FieldName, value: string, theirs: string): Draft {
  const left = withoutFields(draft, [field]);
  if (value === theirs) return left;
  return {
    ...left,
    edits: { ...left.edits, [field]: value },
    base: { ...left.base, [field]: theirs },
  };
}

/** What was saved leaves the draft; what was typed over it meanwhile stays, and stands on what was saved. */
export function afterSave(draft: Draft, sent: Edits, now: Values): Draft {
  let left = draft;
  for (const field of fieldNames) {
    const mine = draft.edits[field];
    if (mine === undefined) continue;
    if (mine === sent[field] || mine.trim() === sent[field]) left = withoutFields(left, [field]);
    else if (sent[field] !== undefined) left = withChoice(left, field, mine, now[field]);
  }
  return withSaved(draft, left, sent, (field) => sent[field] !== undefined);
}

type ByField<T> = Readonly<Partial<Record<FieldName, T>>>;

function only<T>(values: ByField<T>, fields: readonly FieldName[]): ByField<T> {
  return Object.fromEntries(
    fields.flatMap((field) => (values[field] === undefined ? [] : [[field, values[field]]])),
  );
}
