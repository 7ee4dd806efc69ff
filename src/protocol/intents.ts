/** What the panel asks of the host: a closed set, checked by the host before anything is done. */
import type { FieldName } from './state';

/**
 * Sent at every keystroke. `revision` counts the panel's edits, starting above the revision of the last
 * state: a state with a lower one is older than what is on screen, and leaves the fields alone.
 */
interface EditIntent {
  readonly type: 'edit';
  readonly field: FieldName;
  readonly value: string;
  readonly revision: number;
}

export type PanelIntent =
  | { readonly type: 'ready' }
  | EditIntent
  | { readonly type: 'save' }
  | { readonly type: 'revert' }
  | { readonly type: 'retry' }
  | { readonly type: 'signIn' }
  | { readonly type: 'showLog' }
  /** `what` is shown by nobody: the host copies an id or a trace id that it knows itself. */
  | { readonly type: 'copy'; readonly what: 'id' | 'traceId'; readonly id: string };
