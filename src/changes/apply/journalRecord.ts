/**
 * The journal of an Apply: what is about to be sent is on the disk before it is sent, and so is what became of it.
 * It holds personal data, and lives where the drafts do.
 */
import type { ContactRef } from '../../api/contacts';
import type { FieldName } from '../../protocol/fields';
import type { Exacts } from '../../contacts/saving/outgoing';
import type { ItemOutcome } from './outcome';

/** How a change set was made. */
export const sources = ['text', 'file', 'check', 'undo', 'drafts'] as const;
export type Source = (typeof sources)[number];

/** One contact of a batch as it was planned. */
export interface JournalItem {
  readonly ref: ContactRef;
  readonly title: string;
  /** What Ctrl Hub had when the plan was made, of the fields that change. */
  readonly before: Exacts<FieldName>;
  readonly after: Readonly<Partial<Record<FieldName, string>>>;
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
