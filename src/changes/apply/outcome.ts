/** The outcomes of a plan's items. */
import type { Edits } from '../../contacts/model/update';
import type { Exacts } from '../../contacts/saving/outgoing';
import type { FieldName } from '../../protocol/fields';

/** The fields of an item that arrived: all of them, or some. */
export interface Arrived {
  /** The values in Ctrl Hub before, limited to the fields that arrived. */
  readonly replaced: Exacts<FieldName>;
  /** The values in Ctrl Hub now, which the server may have tidied. */
  readonly now: Edits;
}

/**
 * - `pending`: not sent, and none of it can have arrived
 * - `saved`: Ctrl Hub has the values; `alreadySo`: Ctrl Hub had them before, so nothing was sent
 * - `refused`: not carried out, with the server's messages, if there are any
 * - `conflict`: another user changed these fields
 * - `unknown`: it may have arrived; it is read and compared before anything else is done with it
 *
 * After a lost answer, `arrived` holds the fields that a reading found for an item that arrived only in part.
 */
export type ItemOutcome =
  | { readonly kind: 'pending' }
  | { readonly kind: 'saved'; readonly arrived: Arrived }
  | { readonly kind: 'alreadySo' }
  | {
      readonly kind: 'refused';
      /**
       * The reason of the `ApiError`; `ignored` if the API reported success and kept the old values, `busy` if another
       * save was in progress, `unexpected` otherwise.
       */
      readonly reason: string;
      readonly status?: number | undefined;
      /** Messages from the server, one for each problem. */
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

/** Returns the fields that arrived, whatever the outcome of the whole item; undefined if none did. */
export const arrivedOf = (outcome: ItemOutcome): Arrived | undefined =>
  'arrived' in outcome ? outcome.arrived : undefined;

/**
 * The reason why Apply ended before all contacts were done.
 * - `cancelled` by the person; `likeFailures`: three consecutive failures with the same reason
 * - `session`: a 401, and the person did not sign in again; `forbidden`: 403; `wait`: the API asks for a longer wait
 * than Apply accepts
 * - `disk`: the journal cannot be written, so nothing may be sent; `otherWindow`: another window is applying changes
 */
export type StopReason =
  | 'cancelled'
  | 'likeFailures'
  | 'session'
  | 'forbidden'
  | 'wait'
  | 'disk'
  | 'otherWindow';

/** True if a repeated Apply sends the item again: it did not arrive, and is not in conflict. */
export const isLeft = ({ kind }: ItemOutcome): boolean => kind !== 'saved' && kind !== 'alreadySo';
