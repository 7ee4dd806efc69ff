/** What became of each contact of a plan. */
import type { Edits } from '../../contacts/model/update';
import type { Exacts } from '../../contacts/saving/outgoing';
import type { FieldName } from '../../protocol/fields';

/** What arrived of an item: all of it, or some fields. */
export interface Arrived {
  /** What Ctrl Hub had before, of the fields that arrived. */
  readonly replaced: Exacts<FieldName>;
  /** What it holds now, which may be a tidier form of what was sent. */
  readonly now: Edits;
}

/**
 * - `pending`: not sent, and nothing of it can have arrived
 * - `saved`: Ctrl Hub has it; `alreadySo`: there was nothing to send
 * - `refused`: not carried out, in the server's words, if it had any
 * - `conflict`: somebody changed these fields
 * - `unknown`: it may have arrived; it is read and compared before anything else is done with it
 *
 * After a lost answer, `arrived` tells what a reading showed of an item that did not arrive as a whole.
 */
export type ItemOutcome =
  | { readonly kind: 'pending' }
  | { readonly kind: 'saved'; readonly arrived: Arrived }
  | { readonly kind: 'alreadySo' }
  | {
      readonly kind: 'refused';
      /**
       * The reason of the `ApiError`; `ignored` where the API said that it saved and kept the old values, `busy` where
       * another save was under way, `unexpected` for anything else.
       */
      readonly reason: string;
      readonly status?: number | undefined;
      /** Server text, one for each problem. */
      readonly words: readonly string[];
      readonly traceId?: string | undefined;
      readonly arrived?: Arrived | undefined;
    }
  | {
      readonly kind: 'conflict';
      readonly fields: readonly FieldName[];
      readonly arrived?: Arrived | undefined;
    }
  | { readonly kind: 'unknown' };

export type OutcomeKind = ItemOutcome['kind'];

/**
 * Why Apply ended before all contacts were done.
 * - `cancelled` by the person; `likeFailures`: three in a row for the same reason
 * - `session`: 401, and nobody signed in again; `forbidden`: 403; `wait`: the API asks for a longer wait than Apply makes
 * - `disk`: the journal cannot be written, so nothing may be sent; `otherWindow`: another window has its turn
 */
export type StopReason =
  | 'cancelled'
  | 'likeFailures'
  | 'session'
  | 'forbidden'
  | 'wait'
  | 'disk'
  | 'otherWindow';

/** True for what Apply does again when it is asked to: all that did not arrive and is no conflict. */
export const isLeft = ({ kind }: ItemOutcome): boolean => kind !== 'saved' && kind !== 'alreadySo';
