/** The messages of the panel to the host: a closed set, which the host validates. */

import type { ConflictChoice, FieldName } from './fields';
import type { Keystroke } from './keystroke';
import type { InteractionIntent, RelatedIntent } from './related';

/** Sent at every keystroke in a field of the contact. */
export interface EditIntent extends Keystroke {
  readonly type: 'edit';
  readonly field: FieldName;
  readonly value: string;
  /** The field's saved value that was on screen, on which the edit is based. */
  readonly base: string;
}

/** Stored for the next save. */
export interface ChooseIntent extends Keystroke {
  readonly type: 'choose';
  readonly choice: ConflictChoice;
}

/**
 * An intent with typed text. The page keeps the text on screen, and beyond its own end, until a state names
 * the keystroke.
 */
export type TypedIntent = EditIntent | ChooseIntent | InteractionIntent;

export type PanelIntent =
  | RelatedIntent
  | TypedIntent
  | { readonly type: 'ready' }
  | { readonly type: 'save' }
  | { readonly type: 'revert' }
  /**
   * Saves without the attributes that Ctrl Hub refuses, as the button says. `attempt` is that of the state on
   * screen, to which the user agreed.
   */
  | { readonly type: 'saveWithout'; readonly attempt: number }
  /** Undoes the last revert. */
  | { readonly type: 'unrevert' }
  /** Restores the values that the last save replaced. */
  | { readonly type: 'undo' }
  /** Cancels a save that waits for Ctrl Hub. */
  | { readonly type: 'cancelWait' }
  /** One answer for every field in conflict; the save continues with them. */
  | { readonly type: 'resolve'; readonly choices: readonly ConflictChoice[] }
  | { readonly type: 'copyDraft' }
  /** Copies a text of another window, swaps it with the current one, or drops it. */
  | { readonly type: 'otherText'; readonly id: string; readonly act: 'copy' | 'use' | 'drop' }
  | { readonly type: 'retry' }
  /** Reads the contact, of which an older state is shown. */
  | { readonly type: 'check' }
  | { readonly type: 'signIn' }
  | { readonly type: 'useSampleData' }
  | { readonly type: 'showLog' }
  /** Copies an ID or a trace ID, if the host has shown it. */
  | { readonly type: 'copy'; readonly id: string };
