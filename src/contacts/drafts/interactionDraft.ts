/** The draft of an interaction: a new one to log, or a change of an existing one. */

import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import type { Resource } from '../../api/http/document';
import { parseWith } from '../../base/parseWith';
import { parseTimestamp } from '../../base/timestamp';
import type { ContactKey } from '../../protocol/contactKey';
import type { InteractionField } from '../../protocol/related';
import { valueText } from '../model/recordFields';

export const interactionFields = [
  'method',
  'direction',
  'date_time',
  'contacted',
  'status',
  'account',
  'notes',
] as const satisfies readonly InteractionField[];
/**
 * The attributes that a PUT may change. Source: https://docs.ctrl-hub.com, page PUT customers/interactions.
 */
export const changeable = ['date_time', 'contacted', 'notes'] as const satisfies readonly InteractionField[];

export type InteractionValues = Readonly<Partial<Record<InteractionField, string>>>;

/** `interactionId` is the ID of the interaction, or `newInteractionId`, which is not an ID, for a new interaction. */
export interface InteractionDraftKey extends ContactKey {
  readonly interactionId: string;
}
export const newInteractionId = '';

export interface InteractionDraft {
  readonly values: InteractionValues;
  /** The values when the draft began. */
  readonly base: InteractionValues;
  /**
   * Set after a send whose response was lost. A second send of a new interaction could log it twice. For a
   * change, it holds the values that may have arrived.
   */
  readonly sent?: Sent | undefined;
  /**
   * Identifies a new interaction among those of all windows: text typed after it was logged belongs to
   * another one. Older versions stored none.
   */
  readonly form?: string | undefined;
  /** Texts of other windows that this one replaced, kept until the user decides about them. */
  readonly others?: readonly InteractionValues[] | undefined;
  /** Set after the form has ended; it informs other windows. */
  readonly ended?: InteractionEnding | undefined;
}

export interface InteractionEnding {
  /** The saved fields of a change. */
  readonly saved: readonly InteractionField[];
  /** The identifier of the form of a logged interaction. */
  readonly logged?: string | undefined;
}

export const newForm = (): string => randomUUID();

/** Older versions stored no `form`. */
export const isNewOne = ({ form, base }: InteractionDraft) => form !== undefined || base.method !== undefined;

/** The sent values, which may differ from the draft's current ones. */
export interface Sent {
  readonly values: InteractionValues;
  /** Identifies this attempt among those of all windows. Older versions stored none. */
  readonly attempt?: string | undefined;
  /**
   * Set while a window is sending: the time when it began, in milliseconds since 1970. Clocks jump, so no
   * decision depends on the number.
   */
  readonly since?: number | undefined;
  /** The interactions that the contact had before, by type and ID: none of them can be the sent one. */
  readonly before?: readonly string[] | undefined;
}

/** The names of the files on the disk come from this text. */
export const interactionKeyText = ({
  origin,
  organisationId,
  contactId,
  interactionId,
}: InteractionDraftKey) => JSON.stringify([origin, organisationId, contactId, interactionId]);

/** Returns the fields that differ from their base. */
export const typedIn = ({ values, base }: InteractionDraft): readonly InteractionField[] =>
  interactionFields.filter((field) => (values[field] ?? '') !== (base[field] ?? ''));

/**
 * Returns the value of a field after typing. The form shows a time in minutes: in the minute of its base, the time is
 * the base, or its seconds would be sent as a change that no user sees.
 */
export function typedValue(field: InteractionField, value: string, base: string | undefined): string {
  const minuteOf = (text: string | undefined) => Math.floor(parseTimestamp(text) / 60_000);
  return field === 'date_time' && minuteOf(value) === minuteOf(base) ? (base ?? value) : value;
}

/** Returns true if the draft holds work that must not be lost. */
export const isTyped = (draft: InteractionDraft | undefined): draft is InteractionDraft =>
  draft !== undefined &&
  (draft.sent !== undefined || typedIn(draft).length > 0 || (draft.others ?? []).length > 0);

/** Returns an interaction's values as the form shows them. */
export function interactionValues({ attributes }: Resource): InteractionValues {
  const { date_time, contacted, notes } = attributes ?? {};
  return {
    date_time: valueText(date_time),
    contacted: contacted === true ? 'true' : 'false',
    notes: valueText(notes),
  };
}

/** Returns the attributes for the API. An empty status is not sent, because its set of values is unknown. */
export function toAttributes(values: InteractionValues, fields: readonly InteractionField[]) {
  const sent = fields.filter((field) => field !== 'account' && !(field === 'status' && !values.status));
  return Object.fromEntries(
    sent.map((field) => [field, field === 'contacted' ? values.contacted === 'true' : (values[field] ?? '')]),
  );
}

const values = () => z.record(z.string(), z.string());
const schema = z.lazy(() =>
  z.object({
    version: z.literal(1),
    key: z.object({
      origin: z.string(),
      organisationId: z.string(),
      contactId: z.string(),
      /** The ID of the interaction. */
      what: z.string(),
    }),
    draft: z.object({
      values: values(),
      base: values(),
      sent: z.optional(
        z.object({
          values: values(),
          attempt: z.optional(z.string()),
          since: z.optional(z.number()),
          before: z.optional(z.array(z.string())),
        }),
      ),
      form: z.optional(z.string()),
      others: z.optional(z.array(values())),
    }),
  }),
);

export const formatInteractionDraft = (
  key: InteractionDraftKey,
  { values: own, base, sent, form, others }: InteractionDraft,
): string => {
  const { origin, organisationId, contactId, interactionId } = key;
  return JSON.stringify({
    version: 1,
    key: { origin, organisationId, contactId, what: interactionId },
    draft: { values: own, base, sent, form, ...(others?.length ? { others } : {}) },
  });
};

/** @returns undefined for an unreadable text */
export function parseInteractionDraft(
  text: string,
): { readonly key: InteractionDraftKey; readonly draft: InteractionDraft } | undefined {
  try {
    const read = parseWith(schema, JSON.parse(text));
    if (read === undefined) return undefined;
    const { what: interactionId, ...key } = read.key;
    return { key: { ...key, interactionId }, draft: read.draft };
  } catch {
    return undefined;
  }
}

/**
 * Formats the ending without personal data: see `draftEnding.ts`.
 * @param ended undefined for a discarded draft
 */
export const formatInteractionEnding = ({ saved, logged }: InteractionEnding = { saved: [] }): string =>
  [...saved, ...(logged === undefined ? [] : [`logged=${logged}`])].join(' ');

export function parseInteractionEnding(note: string): InteractionEnding {
  const words = note.split(' ');
  const [, logged] = /(?:^| )logged=([\w-]+)/.exec(note) ?? [];
  return { saved: interactionFields.filter((field) => words.includes(field)), logged };
}
