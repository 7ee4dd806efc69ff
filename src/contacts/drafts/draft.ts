/** The draft of a contact: unsaved edits as a pure value, and the functions that change it. */

import type { ConflictChoice, FieldName } from '../../protocol/fields';
import { type ByField, fieldsIn, only } from '../model/byField';
import { contactFields, fieldNames, type Values } from '../model/contact';
import { hasChangedTo, sameFieldValue } from '../model/sameValue';
import type { Edits } from '../model/update';

/** The answers to the draft's conflicts by field. */
type Choices = ByField<ConflictChoice>;

/** A text of another window that an edit in this window replaced. */
export interface OtherText {
  readonly field: FieldName;
  readonly text: string;
}

export interface Draft {
  readonly edits: Edits;
  /** For each edited field, its value when the edit began. */
  readonly base: Edits;
  /** The answers so far for fields in conflict. */
  readonly choices?: Choices;
  /** Sent values whose response was lost: they may have arrived. */
  readonly sent?: Edits | undefined;
  /** Texts of other windows that were replaced, kept until the user decides about them. */
  readonly others?: readonly OtherText[] | undefined;
  /** Edited fields whose value an assistant proposed and nobody has typed over. */
  readonly proposed?: readonly FieldName[] | undefined;
  /** Fields without an edit that were saved: a newer text of another window is based on the saved value. */
  readonly saved?: readonly FieldName[] | undefined;
  /** The time when the draft began, RFC 3339. */
  readonly since: string;
  /** The contact's name for lists of drafts; server text. */
  readonly title: string;
  readonly organisation: string;
}

export function newDraft(title = '', organisation = ''): Draft {
  return { edits: {}, base: {}, since: new Date().toISOString(), title, organisation };
}

export function isEmpty(draft: Draft | undefined): boolean {
  return draft === undefined || Object.keys(draft.edits).length === 0;
}

/**
 * Applies an edit of one field to `base`, the value on screen. Typing that value ends the edit, unless
 * another value is being sent at that time (`sending`) or may have arrived.
 */
export function withEdit(
  draft: Draft,
  field: FieldName,
  value: string,
  base: string,
  sending: Edits = {},
): Draft {
  // Another window may have ended an edit whose mark still exists, and the saved value may not be on screen
  // yet.
  // The API may hold a saved value in a tidier form than its answer did.
  const isSaved = draft.saved?.includes(field) === true && draft.sent?.[field] === base;
  const isMarked = draft.edits[field] !== undefined || isSaved || isSavedElse(draft, field, base);
  const begun = isMarked ? draft : withoutSent(draft, [field]);
  const from = draft.base[field] ?? base;
  const ours = begun.sent?.[field];
  const isElsewhere = sending[field] !== undefined || (ours !== undefined && ours !== base);
  if (value === base && !isElsewhere) return withoutFields(draft, [field]);
  return {
    ...begun,
    edits: { ...begun.edits, [field]: value },
    base: { ...begun.base, [field]: from },
    ...(begun.proposed && { proposed: withoutField(begun.proposed, field) }),
  };
}

/** Marks an edit as proposed by an assistant. The mark ends with the edit, or when a person types into the field. */
export const withProposed = (draft: Draft, field: FieldName): Draft =>
  draft.edits[field] === undefined
    ? draft
    : { ...draft, proposed: [...withoutField(draft.proposed, field), field] };

export const isProposed = ({ edits, proposed = [] }: Draft, field: FieldName): boolean =>
  edits[field] !== undefined && proposed.includes(field);

/** Returns the edited fields that an assistant proposed, in the order of the fields. */
export const proposedFields = (draft: Draft | undefined): readonly FieldName[] =>
  draft === undefined ? [] : fieldNames.filter((field) => isProposed(draft, field));

const withoutField = (fields: readonly FieldName[] = [], field: FieldName) =>
  fields.filter((one) => one !== field);

/**
 * Trims white space at the ends, as a save sends the values.
 * @param now the API's values, if known: an edit that adds white space only ends
 * @param exact fields whose value Undo puts back unchanged
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

/** Returns true if the field was saved, in this window or another one, and `shown` is not the saved value. */
export function isSavedElse({ saved, sent }: Draft, field: FieldName, shown: string): boolean {
  const ours = sent?.[field];
  if (ours === undefined || !saved?.includes(field)) return false;
  return !sameFieldValue(contactFields.kindOf(field), ours, shown);
}

/** Returns true if an edit of `edits` ended without a save: it was discarded, or typed back. */
export const isGivenUp = (draft: Draft | undefined, edits: Edits): boolean =>
  fieldNames.some(
    (field) =>
      edits[field] !== undefined &&
      draft?.edits[field] === undefined &&
      draft?.saved?.includes(field) !== true,
  );

function withoutFields(draft: Draft, fields: readonly FieldName[]): Draft {
  if (!fields.some((field) => draft.edits[field] !== undefined)) return draft;
  const kept = fieldNames.filter((field) => !fields.includes(field));
  const { edits, base, choices = {}, sent = {}, proposed = [] } = draft;
  return {
    ...draft,
    ...(proposed.length > 0 && { proposed: proposed.filter((field) => kept.includes(field)) }),
    edits: only(edits, kept),
    base: only(base, kept),
    choices: only(choices, kept),
    sent: only(sent, kept),
  };
}

/**
 * Drops edits that equal the values on screen, unless a sent value may have arrived; then only a read can
 * tell. Other windows may have a newer reading, on which their edits are based.
 * @param typed the field into which the user typed here
 */
export function withoutUnchanged(draft: Draft, shown: Values, typed?: FieldName): Draft {
  const isSame = (field: FieldName) =>
    draft.edits[field] === shown[field] &&
    (draft.sent?.[field] === undefined || draft.sent[field] === draft.base[field]) &&
    (field === typed || draft.base[field] === shown[field]);
  return withoutFields(
    draft,
    fieldNames.filter((field) => isSame(field)),
  );
}

/**
 * Compares a draft with a new read. Drops edits that the API already holds. A sent value that arrived becomes
 * the base of its field; one that did not arrive is forgotten when the user types another value.
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
    if (mine === undefined) continue;
    if (hasArrived(left, field, now[field]))
      left = mine === ours ? withoutFields(left, [field]) : withChoice(left, field, mine, now[field]);
    else if (mine !== ours) left = withoutSent(left, [field]);
  }
  const known = withoutReplaced(left, now);
  return withSaved(draft, known, draft.sent ?? {}, (field) => now[field] !== draft.base[field]);
}

/** Forgets saved values that another user has changed: if they come back, they are that user's. */
export function withoutReplaced(draft: Draft, now: Values): Draft {
  return withoutSent(
    draft,
    fieldNames.filter((field) => draft.edits[field] === undefined && isSavedElse(draft, field, now[field])),
  );
}

/**
 * Adds the fields whose edits ended, because the API holds them, to those saved earlier. Their sent values
 * are kept, because another window may still show the previous ones.
 */
function withSaved(before: Draft, left: Draft, sent: Edits, isSaved: (field: FieldName) => boolean): Draft {
  const ended = fieldsIn(before.edits).filter((field) => left.edits[field] === undefined && isSaved(field));
  if (ended.length === 0) return left;
  const values = { ...only(before.edits, ended), ...only(sent, ended) };
  const saved = [...new Set([...(left.saved ?? []), ...ended])];
  return { ...left, saved, sent: { ...left.sent, ...values } };
}

/** Returns true if the API holds a sent value, possibly normalised, whose response was lost. */
export function hasArrived({ base, sent }: Draft, field: FieldName, now: string | undefined): boolean {
  const ours = sent?.[field];
  if (ours === undefined || now === undefined) return false;
  return hasChangedTo(contactFields.kindOf(field), ours, base[field], now);
}

/** Makes sent values that arrived the base of their fields, whatever the user has typed since. */
export function afterArrival(draft: Draft, now: Values): Draft {
  const arrived = fieldsIn(draft.edits).filter((field) => hasArrived(draft, field, now[field]));
  return arrived.length === 0 ? draft : { ...draft, base: { ...draft.base, ...only(now, arrived) } };
}

/** Notes the values that are about to be sent: until a response arrives, they may or may not have arrived. */
export function withSent(draft: Draft, sending: Edits): Draft {
  const mine = only(sending, fieldsIn(draft.edits));
  return { ...draft, sent: { ...draft.sent, ...mine } };
}

function withoutSent(draft: Draft, fields: readonly FieldName[]): Draft {
  if (!fields.some((field) => draft.sent?.[field] !== undefined)) return draft;
  const kept = fieldNames.filter((field) => !fields.includes(field));
  return { ...draft, sent: only(draft.sent ?? {}, kept) };
}

/**
 * Removes the marks of sent values that the API refused. Another window may be sending other fields.
 * @param before values that may have arrived earlier
 */
export function afterRefusal(draft: Draft, sent: Edits, before: Edits = {}): Draft {
  const fields = fieldsIn(sent);
  const left = withoutSent(draft, fields);
  const earlier = only(before, fields);
  return Object.keys(earlier).length === 0 ? left : withSent(left, earlier);
}

/** Applies the answer to a conflict. The API's value becomes the base. */
export function withChoice(draft: Draft, field: FieldName, value: string, theirs: string): Draft {
  const left = withoutFields(draft, [field]);
  if (value === theirs) return left;
  return {
    ...left,
    edits: { ...left.edits, [field]: value },
    base: { ...left.base, [field]: theirs },
  };
}

/** Removes saved edits from the draft. Text typed during the save stays and is based on the saved value. */
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

/**
 * Removes edits that a window saved before it was killed, unless the user has typed the same value again after another
 * user's change. Another value that the user has typed since stays.
 * @param replaced the values that were replaced
 */
export function afterInterruptedSave(draft: Draft, sent: Edits, replaced: Edits): Draft {
  const mine = fieldNames.filter(
    (field) =>
      sent[field] !== undefined && draft.edits[field] !== undefined && draft.base[field] === replaced[field],
  );
  const saved = mine.filter((field) => draft.edits[field]?.trim() === sent[field]?.trim());
  // Text that was typed since is over the saved value, which is not another user's. A mark of the base is an older save's.
  const isUnsent = (field: FieldName) => [undefined, draft.base[field]].includes(draft.sent?.[field]);
  const newer = mine.filter((field) => !saved.includes(field) && isUnsent(field));
  const left = newer.length === 0 ? draft : withSent(draft, only(sent, newer));
  return withSaved(draft, withoutFields(left, saved), only(sent, saved), () => true);
}
