/**
 * The format of the journal of an Apply. Items are recorded before they are sent, and their outcomes afterwards. The
 * journal holds personal data and is kept in the same storage as the drafts. A batch is a file with its items, followed
 * by parts that record later events.
 */
import * as z from 'zod/mini';
import type { ContactRef } from '../../api/contacts';
import { parseExactly, toJsonText } from '../../base/exactNumbers';
import { parseWith } from '../../base/parseWith';
import { fieldNames } from '../../contacts/model/contact';
import type { Edits } from '../../contacts/model/update';
import type { Exacts } from '../../contacts/saving/outgoing';
import type { FieldName } from '../../protocol/fields';
import type { ItemOutcome } from './outcome';

/** The ways to make a change set. */
const sources = ['text', 'file', 'check', 'undo', 'drafts'] as const;
export type Source = (typeof sources)[number];

/** One contact of a batch as it was planned. */
export interface JournalItem {
  readonly ref: ContactRef;
  readonly title: string;
  /** The values in Ctrl Hub when the plan was made, limited to the fields that change. */
  readonly before: Exacts<FieldName>;
  readonly after: Edits;
  /** `pending` until the item is about to be sent, then `unknown` until the outcome is known. */
  readonly outcome: ItemOutcome;
}

/** All items that one click on Apply sends. */
export interface Batch {
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly origin: string;
  /** Start time in RFC 3339. */
  readonly at: string;
  readonly source: Source;
  /** The id of the batch that this one undoes. */
  readonly undoes?: string | undefined;
  readonly items: readonly JournalItem[];
}

/** True if an item may have arrived, and nobody has looked yet. */
export const isUnknown = ({ items }: Batch) => items.some(({ outcome }) => outcome.kind === 'unknown');

/** Events since the batch was written. Items are numbered by their place in the batch. */
export interface BatchPart {
  /** Items that are about to be sent. */
  readonly announced: readonly number[];
  readonly outcomes: readonly (readonly [number, ItemOutcome])[];
}

const field = z.enum(fieldNames);
const edits = z.partialRecord(field, z.string());
const exact = z.object({ text: z.string(), json: z.optional(z.unknown()) });
const exacts = z.partialRecord(field, exact);
const arrived = z.object({ replaced: exacts, now: edits });
const outcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pending') }),
  z.object({ kind: z.literal('saved'), arrived }),
  z.object({ kind: z.literal('alreadySo') }),
  z.object({
    kind: z.literal('refused'),
    reason: z.string(),
    status: z.optional(z.number()),
    words: z.array(z.string()),
    traceId: z.optional(z.string()),
    arrived: z.optional(arrived),
  }),
  z.object({ kind: z.literal('conflict'), fields: z.array(field), arrived: z.optional(arrived) }),
  z.object({ kind: z.literal('unknown') }),
]);
const batch = z.object({
  version: z.literal(1),
  id: z.string().check(z.regex(/^[0-9a-f]{32}$/)),
  origin: z.string(),
  at: z.string(),
  source: z.enum(sources),
  undoes: z.optional(z.string()),
  items: z.array(
    z.object({
      ref: z.object({ organisationId: z.string(), contactId: z.string() }),
      title: z.string(),
      before: exacts,
      after: edits,
      outcome,
    }),
  ),
});
const part = z.object({
  announced: z.array(z.number()),
  outcomes: z.array(z.tuple([z.number(), outcome])),
});

export const formatBatch = (one: Batch): string => toJsonText({ version: 1, ...one });
export const formatPart = (one: BatchPart): string => toJsonText(one);

/** @returns undefined if the text cannot be read */
export function parseBatch(text: string): Batch | undefined {
  const { version: _, ...one } = read(batch, text) ?? {};
  return 'id' in one ? one : undefined;
}
/** @returns undefined if the text cannot be read */
export const parsePart = (text: string): BatchPart | undefined => read(part, text);

function read<T>(schema: z.ZodMiniType<T>, text: string): T | undefined {
  try {
    return parseWith(schema, parseExactly(text));
  } catch {
    return undefined;
  }
}

/** Adds a part to a batch. An announced item may have arrived, so it is `unknown` until a part has its outcome. */
export function withPart(before: Batch, { announced, outcomes }: BatchPart): Batch {
  const items = [...before.items];
  const set = (n: number, now: ItemOutcome) => {
    const item = items[n];
    if (item) items[n] = { ...item, outcome: now };
  };
  for (const n of announced) set(n, { kind: 'unknown' });
  for (const [n, now] of outcomes) set(n, now);
  return { ...before, items };
}

/** Returns the batch after the loss of a part, which may have announced any item that has no outcome. */
export const allUnknown = (batch: Batch): Batch => ({
  ...batch,
  items: batch.items.map((item) =>
    item.outcome.kind === 'pending' ? { ...item, outcome: { kind: 'unknown' } } : item,
  ),
});
