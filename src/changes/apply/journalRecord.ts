/**
 * The journal of an Apply: what is about to be sent is on the disk before it is sent, and so is what became of it.
 * It holds personal data, and lives where the drafts do. A batch is a file with its items, followed by parts that
 * tell what happened since.
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

/** How a change set was made. */
const sources = ['text', 'file', 'check', 'undo', 'drafts'] as const;
export type Source = (typeof sources)[number];

/** One contact of a batch as it was planned. */
export interface JournalItem {
  readonly ref: ContactRef;
  readonly title: string;
  /** What Ctrl Hub had when the plan was made, of the fields that change. */
  readonly before: Exacts<FieldName>;
  readonly after: Edits;
  /** `pending` until the item is about to be sent, `unknown` from then on until an outcome is known. */
  readonly outcome: ItemOutcome;
}

/** All that was carried out by one press of Apply. */
export interface Batch {
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly origin: string;
  /** When it began, RFC 3339. */
  readonly at: string;
  readonly source: Source;
  /** The batch that this one took back. */
  readonly undoes?: string | undefined;
  readonly items: readonly JournalItem[];
}

/** What happened since: items by their place in the batch. */
export interface BatchPart {
  /** About to be sent. */
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

/** @returns undefined for what cannot be read */
export function parseBatch(text: string): Batch | undefined {
  const { version: _, ...one } = read(batch, text) ?? {};
  return 'id' in one ? one : undefined;
}
/** @returns undefined for what cannot be read */
export const parsePart = (text: string): BatchPart | undefined => read(part, text);

function read<T>(schema: z.ZodMiniType<T>, text: string): T | undefined {
  try {
    return parseWith(schema, parseExactly(text));
  } catch {
    return undefined;
  }
}

/** A batch with what happened since: an item that was announced may have arrived, until an outcome says more. */
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
