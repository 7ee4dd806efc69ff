/** What the panel asks of the host: a closed set, checked by the host before anything is done. */
import type { RelatedIntent } from './related';
import type { FieldName } from './state';

/**
 * Sent at every keystroke. `revision` counts the panel's edits, starting above the revision of the last
 * state: a state with a lower one is older than what is on screen, and leaves the fields alone.
 */
export interface EditIntent {
  readonly type: 'edit';
  readonly field: FieldName;
  readonly value: string;
  readonly revision: number;
  /** The field's saved value that was on screen while this was typed: what the edit starts from. */
  readonly base: string;
}

/** What a person chose for a field that both sides changed; `theirs` is the other side's value that was on screen. */
export type ConflictChoice = { readonly field: FieldName; readonly theirs: string } & (
  | { readonly choice: 'mine' | 'theirs' }
  | { readonly choice: 'other'; readonly value: string }
);

export type PanelIntent =
  | RelatedIntent
  | { readonly type: 'ready' }
  | EditIntent
  | { readonly type: 'save' }
  | { readonly type: 'revert' }
  /** Takes back the last revert. */
  | { readonly type: 'unrevert' }
  /** Puts the values back that the last save replaced. */
  | { readonly type: 'undo' }
  /** Gives up waiting for Ctrl Hub to take a save. */
  | { readonly type: 'cancelWait' }
  /** Kept for the save that is still to come. */
  | { readonly type: 'choose'; readonly choice: ConflictChoice }
  /** One choice for every field in conflict; the save goes on with them. */
  | { readonly type: 'resolve'; readonly choices: readonly ConflictChoice[] }
  | { readonly type: 'copyDraft' }
  /** A text of another window: to the clipboard, in place of what stands there now, or away with it. */
  | { readonly type: 'otherText'; readonly id: string; readonly act: 'copy' | 'use' | 'drop' }
  | { readonly type: 'retry' }
  | { readonly type: 'signIn' }
  | { readonly type: 'useSampleData' }
  | { readonly type: 'showLog' }
  /** The host copies only an id or a trace id that it knows itself. */
  | { readonly type: 'copy'; readonly id: string };
