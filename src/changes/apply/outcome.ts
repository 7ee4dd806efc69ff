/** What became of each contact of a plan. */
import type { FieldName } from '../../protocol/fields';
import type { Exacts } from '../../contacts/saving/outgoing';

/**
 * - `pending`: not sent, and nothing of it can have arrived
 * - `saved`: Ctrl Hub has it, and `replaced` is what it had before; `alreadySo`: there was nothing to send
 * - `refused`: not carried out, in the server's words, if it had any
 * - `conflict`: somebody changed these fields; nothing was sent
 * - `unknown`: it may have arrived; it is read and compared before anything else is done with it
 */
export type ItemOutcome =
  | { readonly kind: 'pending' }
  | {
      readonly kind: 'saved';
      readonly replaced: Exacts<FieldName>;
      /** What Ctrl Hub holds now, which may be a tidier form of what was sent. */
      readonly now: Readonly<Partial<Record<FieldName, string>>>;
    }
  | { readonly kind: 'alreadySo' }
  | {
      readonly kind: 'refused';
      /** The reason of the `ApiError`; `notTaken` where the API said that it saved and kept the old values. */
      readonly reason: string;
      readonly status?: number | undefined;
      /** Server text, a line for each problem. */
      readonly words: readonly string[];
      readonly traceId?: string | undefined;
    }
  | { readonly kind: 'conflict'; readonly fields: readonly FieldName[] }
  | { readonly kind: 'unknown' };

export type OutcomeKind = ItemOutcome['kind'];

/**
 * Why Apply ended before all contacts were done.
 * - `cancelled` by the person; `likeFailures`: three in a row for the same reason
 * - `session`: 401, `forbidden`: 403; `wait`: the API asks for a longer wait than Apply can make
 * - `disk`: the journal cannot be written, so nothing may be sent; `otherWindow`: another window took its turn over
 */
export type StopReason =
  | 'cancelled'
  | 'likeFailures'
  | 'session'
  | 'forbidden'
  | 'wait'
  | 'disk'
  | 'otherWindow';
