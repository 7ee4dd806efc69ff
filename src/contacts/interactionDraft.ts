/** What a person typed that is no edit of the contact: an interaction to be logged, or a change of one. */
import * as v from 'valibot';
import type { Resource } from '../api/document';
import { parseWith } from '../base/parseWith';
import type { DraftKey } from './draft';

export const interactionFields = [
  'method',
  'direction',
  'date_time',
  'contacted',
  'status',
  'account',
  'notes',
] as const;
export type InteractionField = (typeof interactionFields)[number];
/** What a PUT of an interaction may change, by https://docs.ctrl-hub.com. */
export const changeable = ['date_time', 'contacted', 'notes'] as const satisfies readonly InteractionField[];

export type InteractionValues = Readonly<Partial<Record<InteractionField, string>>>;

/** `what` is the interaction's id; of one that is not there yet it is `newOne`, which is no id. */
export interface InteractionDraftKey extends DraftKey {
  readonly what: string;
}
export const newOne = '';

export interface InteractionDraft {
  readonly values: InteractionValues;
  /** What they held before anything was typed. */
  readonly base: InteractionValues;
  /** Set when it was sent and nobody has seen the answer: sent again it might be there twice. */
  readonly sent?: Sent | undefined;
  /** The number of the last keystroke, of this window's. */
  readonly revision?: number | undefined;
}

/** What was sent: more may have been typed since. */
export interface Sent {
  readonly values: InteractionValues;
  /** Tells this attempt from every other one, in all windows. Missing in what older versions stored. */
  readonly attempt?: string | undefined;
  /**
   * Set while a window has it on its way: when that began, in milliseconds since 1970. Clocks jump, so nothing
   * is concluded from the number.
   */
  readonly since?: number | undefined;
  /** The interactions that the contact had before, by type and id: none of them can be this one. */
  readonly before?: readonly string[] | undefined;
}

export const interactionKeyText = ({ origin, organisationId, contactId, what }: InteractionDraftKey) =>
  JSON.stringify([origin, organisationId, contactId, what]);

/** The fields that are not as they were. */
export const typedIn = ({ values, base }: InteractionDraft): readonly InteractionField[] =>
  interactionFields.filter((field) => (values[field] ?? '') !== (base[field] ?? ''));

export const isTyped = (draft: InteractionDraft | undefined): draft is InteractionDraft =>
  draft !== undefined && (draft.sent !== undefined || typedIn(draft).length > 0);

/** Nothing typed is the same, whether or not it was begun. */
export function isSameInteractionDraft(
  one: InteractionDraft | undefined,
  other: InteractionDraft | undefined,
): boolean {
  const typed = (draft: InteractionDraft | undefined) =>
    isTyped(draft) ? JSON.stringify([typedText(draft), sentText(draft)]) : '';
  return typed(one) === typed(other);
}

const listed = (some: InteractionValues | undefined) => interactionFields.map((name) => some?.[name]);
const typedText = (draft: InteractionDraft | undefined) =>
  draft && JSON.stringify([listed(draft.values), listed(draft.base)]);
const baseText = (draft: InteractionDraft | undefined) => JSON.stringify(listed(draft?.base));
const sentText = (draft: InteractionDraft | undefined) =>
  draft?.sent && JSON.stringify([draft.sent.attempt, draft.sent.since, listed(draft.sent.values)]);

/**
 * Another window stored `theirs` while this one has `mine`, both having started from `common`: its text
 * counts where nothing was typed here, or ours is over; an interaction is sent as a whole and is not mixed
 * of two.
 */
export function joinInteractionDrafts(
  common: InteractionDraft | undefined,
  mine: InteractionDraft | undefined,
  theirs: InteractionDraft | undefined,
): { readonly draft: InteractionDraft | undefined; readonly lost: Pick<InteractionValues, 'notes'> } {
  if (mine === undefined || theirs === undefined) {
    const isOurs = mine !== undefined && !isSameInteractionDraft(mine, common);
    return { draft: isOurs ? { ...mine, sent: sentOf(common, mine, theirs) } : theirs, lost: {} };
  }
  const before = typedText(common);
  const isTheirs = typedText(mine) === before;
  const text = isTheirs ? { values: theirs.values, base: theirs.base } : {};
  const draft = { ...mine, ...text, sent: sentOf(common, mine, theirs) };
  const isLost = !isTheirs && ![before, typedText(mine)].includes(typedText(theirs));
  return { draft, lost: isLost && theirs.values.notes ? { notes: theirs.values.notes } : {} };
}

/**
 * Whether it is on its way is known to the window that sent it. This one comes late where another has it on its
 * way, or had it: then it is gone, or goes on from what was sent, which may be what stood there before.
 */
function sentOf(
  common: InteractionDraft | undefined,
  mine: InteractionDraft,
  theirs: InteractionDraft | undefined,
): Sent | undefined {
  if (sentText(mine) === sentText(common)) return theirs ? theirs.sent : mine.sent;
  const isLate = sentText(theirs) !== sentText(common);
  if (mine.sent === undefined || (isLate && theirs?.sent)) return theirs?.sent;
  return common && baseText(theirs) !== baseText(common)
    ? { values: (common.sent ?? common).values }
    : mine.sent;
}

/** Of an interaction, as a form shows it. */
export function interactionValues({ attributes }: Resource): InteractionValues {
  const { date_time, contacted, notes } = attributes ?? {};
  return {
    date_time: typeof date_time === 'string' ? date_time : '',
    contacted: contacted === true ? 'true' : 'false',
    notes: typeof notes === 'string' ? notes : '',
  };
}

/** As the API takes them. A status that was left empty is not sent: it is one of a set that is not known. */
export function toAttributes(values: InteractionValues, fields: readonly InteractionField[]) {
  const sent = fields.filter((field) => field !== 'account' && !(field === 'status' && !values.status));
  return Object.fromEntries(
    sent.map((field) => [field, field === 'contacted' ? values.contacted === 'true' : (values[field] ?? '')]),
  );
}

const values = v.record(v.string(), v.string());
const schema = v.object({
  version: v.literal(1),
  key: v.object({
    origin: v.string(),
    organisationId: v.string(),
    contactId: v.string(),
    what: v.string(),
  }),
  draft: v.object({
    values,
    base: values,
    sent: v.optional(
      v.object({
        values,
        attempt: v.optional(v.string()),
        since: v.optional(v.number()),
        before: v.optional(v.array(v.string())),
      }),
    ),
  }),
});

export const formatInteractionDraft = (
  key: InteractionDraftKey,
  { values: own, base, sent }: InteractionDraft,
): string => {
  const { origin, organisationId, contactId, what } = key;
  return JSON.stringify({
    version: 1,
    key: { origin, organisationId, contactId, what },
    draft: { values: own, base, sent },
  });
};

/** @returns undefined for what cannot be read */
export function parseInteractionDraft(
  text: string,
): { readonly key: InteractionDraftKey; readonly draft: InteractionDraft } | undefined {
  try {
    return parseWith(schema, JSON.parse(text));
  } catch {
    return undefined;
  }
}
