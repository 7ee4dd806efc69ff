/** What the panel asks of the host: a closed set, checked by the host before anything is done. */

import type { ConflictChoice, FieldName } from './fields';
import type { Keystroke } from './keystroke';
import type { InteractionIntent, RelatedIntent } from './related';

/** Sent at every keystroke in a field of the contact. */
export interface EditIntent extends Keystroke {
  readonly type: 'edit';
  readonly field: FieldName;
  readonly value: string;
  /** The field's saved value that was on screen while this was typed: what the edit starts from. */
  readonly base: string;
}

/** Kept for the save that is still to come. */
export interface ChooseIntent extends Keystroke {
  readonly type: 'choose';
  readonly choice: ConflictChoice;
}

/**
 * What carries text that a person typed. The page keeps the text, on screen and over its own end, until a
 * state says that the host has taken this keystroke.
 */
export type TypedIntent = EditIntent | ChooseIntent | InteractionIntent;

export type PanelIntent =
  | RelatedIntent
  | TypedIntent
  | { readonly type: 'ready' }
  | { readonly type: 'save' }
  | { readonly type: 'revert' }
  /**
   * Saves without the attributes that Ctrl Hub does not accept, as the problem's button says. `attempt` is that
   * of the state on screen: the person agreed to what was read there.
   */
  | { readonly type: 'saveWithout'; readonly attempt: number }
  /** Takes back the last revert. */
  | { readonly type: 'unrevert' }
  /** Puts the values back that the last save replaced. */
  | { readonly type: 'undo' }
  /** Gives up waiting for Ctrl Hub to take a save. */
  | { readonly type: 'cancelWait' }
  /** One choice for every field in conflict; the save goes on with them. */
  | { readonly type: 'resolve'; readonly choices: readonly ConflictChoice[] }
  | { readonly type: 'copyDraft' }
  /** A text of another window: to the clipboard, in place of what stands there now, or away with it. */
  | { readonly type: 'otherText'; readonly id: string; readonly act: 'copy' | 'use' | 'drop' }
  | { readonly type: 'retry' }
  /** Reads the contact, of which an older state is shown. */
  | { readonly type: 'check' }
  | { readonly type: 'signIn' }
  | { readonly type: 'useSampleData' }
  | { readonly type: 'showLog' }
  /** The host copies only an id or a trace id that it knows itself. */
  | { readonly type: 'copy'; readonly id: string };
