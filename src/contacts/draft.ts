/** What a person typed and has not saved: pure values and how they change. */
import type { Choices } from './choices';
import { type FieldName, fieldNames } from './contact';
import type { Edits } from './update';

/** A draft belongs to one contact of one organisation at one API. */
export interface DraftKey {
  readonly origin: string;
  readonly organisationId: string;
  readonly contactId: string;
}

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
  /** Texts of other windows that were typed over: kept until a person says otherwise. */
  readonly others?: readonly OtherText[] | undefined;
  /** The fields without an edit that were saved: a newer text of another window stands on what was saved. */
  readonly saved?: readonly FieldName[] | undefined;
  /** When it began, RFC 3339. */
  readonly since: string;
  /** Counts the edits of this window, so that an older picture of the form can be told from a newer one. */
  readonly revision: number;
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
 * One field typed over `base`, the value that was on screen. Typing that back is no edit any more, unless
 * another value is on its way to the API just then: `sending`.
 */
export function withEdit(
  draft: Draft,
  field: FieldName,
  value: string,
  base: string,
  sending: Edits = {},
): Draft {
  const from = draft.base[field] ?? base;
  if (value === base && sending[field] === undefined) return withoutFields(draft, [field]);
  return { ...draft, edits: { ...draft.edits, [field]: value }, base: { ...draft.base, [field]: from } };
}

/** Without white space at the ends: what a save sends. */
export function tidied(draft: Draft): Draft {
  let left = draft;
  for (const field of fieldNames) {
    const value = draft.edits[field];
    if (value === undefined || value === value.trim()) continue;
    const trimmed = value.trim();
    left =
      trimmed === left.base[field]
        ? withoutFields(left, [field])
        : { ...left, edits: { ...left.edits, [field]: trimmed } };
  }
  return left;
}

function withoutFields(draft: Draft, fields: readonly FieldName[]): Draft {
  const kept = fieldNames.filter((field) => !fields.includes(field));
  const { edits, base, choices = {} } = draft;
  return { ...draft, edits: only(edits, kept), base: only(base, kept), choices: only(choices, kept) };
}

function withoutChoice(draft: Draft, field: FieldName): Draft {
  const { [field]: _, ...choices } = draft.choices ?? {};
  return { ...draft, choices };
}

/** Without what was typed back to what it started from, and what the API has anyhow. */
export function withoutUnchanged(draft: Draft, now: Readonly<Record<FieldName, string>>): Draft {
  const same = ({ edits, base }: Draft, field: FieldName) =>
    edits[field] === base[field] || edits[field] === now[field];
  return withoutFields(
    draft,
    fieldNames.filter((field) => same(draft, field)),
  );
}

/**
 * It is not known whether `sent` was saved. What was typed back over it meanwhile is an edit if it was,
 * and none if not: standing on what was sent, it is both.
 */
export function afterUnknown(draft: Draft, sent: Edits): Draft {
  const base = { ...draft.base };
  for (const field of fieldNames) {
    const value = sent[field];
    if (value !== undefined && draft.edits[field] === base[field]) base[field] = value;
  }
  return { ...draft, base };
}

/** A field's value as it was chosen in a conflict: from now on it stands on theirs. */
export function withChoice(draft: Draft, field: FieldName, value: string, theirs: string): Draft {
  if (value === theirs) return withoutFields(draft, [field]);
  return {
    ...withoutChoice(draft, field),
    edits: { ...draft.edits, [field]: value },
    base: { ...draft.base, [field]: theirs },
  };
}

/** What was saved leaves the draft; what was typed over it meanwhile stays, and stands on what was saved. */
export function afterSave(draft: Draft, sent: Edits, now: Readonly<Record<FieldName, string>>): Draft {
  let left = draft;
  for (const field of fieldNames) {
    const mine = draft.edits[field];
    if (mine === undefined) continue;
    if (mine === sent[field] || mine.trim() === sent[field]) left = withoutFields(left, [field]);
    else if (sent[field] !== undefined) left = withChoice(left, field, mine, now[field]);
  }
  const saved = fieldNames.filter((field) => draft.edits[field] !== left.edits[field]);
  return { ...left, saved };
}

type ByField<T> = Readonly<Partial<Record<FieldName, T>>>;

function only<T>(values: ByField<T>, fields: readonly FieldName[]): ByField<T> {
  return Object.fromEntries(
    fields.flatMap((field) => (values[field] === undefined ? [] : [[field, values[field]]])),
  );
}
