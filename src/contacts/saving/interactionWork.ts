/** What becomes of an interaction that is sent. */
import type { Resource } from '../../api/http/document';
import type { InteractionField, InteractionValues } from '../drafts/interactionDraft';

export type InteractionWork =
  | { readonly kind: 'idle' }
  /** `waiting`: another window has it on its way, and this one waits to see what became of it. */
  | { readonly kind: 'sending'; readonly waiting?: true }
  | { readonly kind: 'done' }
  /** Refused: nothing was carried out. */
  | { readonly kind: 'failed'; readonly error: unknown }
  /** It may be there: only looking at Ctrl Hub tells. */
  | ({ readonly kind: 'unknown'; readonly error?: unknown } & Doubt)
  /** Nothing was sent: the disk could not note that it is on its way. Sending again goes without the note. */
  | { readonly kind: 'unmarked' }
  /** The answer was lost, and Ctrl Hub does not have what was sent. */
  | { readonly kind: 'notThere' }
  /** Ctrl Hub answered, and kept what it had. */
  | { readonly kind: 'notTaken' }
  /** Somebody else changed these fields since it was begun. */
  | {
      readonly kind: 'conflict';
      readonly fields: readonly InteractionField[];
      readonly theirs: InteractionValues;
    };

/** Why it is not known whether an interaction was logged; empty where the answer was lost. */
interface Doubt {
  /** Another window has it on its way. */
  readonly elsewhere?: true;
  /** Ctrl Hub accepted it, did not give it back, and does not list it. */
  readonly accepted?: true;
  /** It was looked for, and not all could be read. */
  readonly partly?: true;
  /** It was looked for, and these may be it. */
  readonly alike?: readonly Resource[];
}
