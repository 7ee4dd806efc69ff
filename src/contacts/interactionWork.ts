/** What becomes of an interaction that is sent. */
import type { InteractionField, InteractionValues } from './interactionDraft';

export type InteractionWork =
  | { readonly kind: 'idle' }
  | { readonly kind: 'sending' }
  | { readonly kind: 'done' }
  /** Refused: nothing was carried out. */
  | { readonly kind: 'failed'; readonly error: unknown }
  /** The answer was lost. `partly`: it was looked for, and not all could be looked at. */
  | { readonly kind: 'unknown'; readonly error?: unknown; readonly partly?: true }
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
