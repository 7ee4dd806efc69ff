/** The state of sending an interaction. */
import type { Resource } from '../../../api/http/document';
import type { InteractionField } from '../../../protocol/related';
import type { InteractionValues } from '../../drafts/interactionDraft';

export type InteractionWork =
  | { readonly kind: 'idle' }
  /** `waiting`: another window is sending the interaction, and this one waits for the outcome. */
  | { readonly kind: 'sending'; readonly waiting?: true }
  | { readonly kind: 'done' }
  /** The API refused and carried out nothing. */
  | { readonly kind: 'failed'; readonly error: unknown }
  /** The interaction may exist; only a search in Ctrl Hub can tell. */
  | ({ readonly kind: 'unknown'; readonly error?: unknown } & Doubt)
  /** The disk could not store the mark, so nothing was sent. The next attempt sends without a mark. */
  | { readonly kind: 'unmarked' }
  /** The response was lost, and Ctrl Hub does not hold the interaction. */
  | { readonly kind: 'notThere' }
  /** Ctrl Hub responded with success and kept its own values. */
  | { readonly kind: 'ignored' }
  /** Other users changed these fields after the draft began. */
  | {
      readonly kind: 'conflict';
      readonly fields: readonly InteractionField[];
      readonly theirs: InteractionValues;
    };

/** The reason why the outcome is unknown; empty if the response was lost. */
interface Doubt {
  /** Another window is sending the interaction. */
  readonly elsewhere?: true;
  /** Ctrl Hub accepted the interaction, but neither returned it nor lists it. */
  readonly accepted?: true;
  /** The search could not read all interactions. */
  readonly partly?: true;
  /** The search found these possible matches. */
  readonly alike?: readonly Resource[];
}
