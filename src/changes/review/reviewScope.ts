/** The subject of a review. */
import type { ContactRef } from '../../api/contacts';
import type { FieldName } from '../../protocol/fields';
import type { Batch, Source } from '../apply/journalRecord';
import type { LeftRow, MatchedRow } from '../file/fileUpdate';
import type { Skipped } from '../plan/plan';

export interface ReviewScope {
  readonly source: Source;
  /** The batch that is being undone. */
  readonly undoes?: Pick<Batch, 'id' | 'at'> | undefined;
  /** Limits the review to these contacts; without it, the review covers all contacts that have drafts. */
  readonly refs?: readonly ContactRef[] | undefined;
  /** Limits the review to these fields, by `keyOf`: other unsaved edits of the contacts are not in it. */
  readonly fields?: ReadonlyMap<string, readonly FieldName[]> | undefined;
  /** Contacts that were skipped earlier. */
  readonly skipped?: readonly Skipped[] | undefined;
  readonly file?: FileScope | undefined;
}

/** The file that the drafts were made from. */
export interface FileScope {
  /** The name of the file, as one line. */
  readonly name: string;
  /** The rows that made drafts. Other unsaved edits of their contacts are not in the review. */
  readonly matched: readonly MatchedRow[];
  /** The rows and cells that made no draft. */
  readonly left: readonly LeftRow[];
  /** The number of rows whose contact has all of their values. */
  readonly unchanged: number;
  /** True if contacts may be missing, because the list changed while it was read or has rows that cannot be read. */
  readonly isIncomplete: boolean;
  /** Removes the drafts that the file made, except for those that changed since. */
  discard(): void;
  readonly isDiscarded?: boolean | undefined;
}
