import type { ContactKey } from '../../protocol/contactKey';
import type { PanelIntent } from '../../protocol/intents';
import type { Typing } from './typing';

/** The page's state that VS Code stores: the contact, the position, and unconfirmed text. */
interface Memory extends ContactKey {
  readonly scroll?: number;
  readonly focus?: string;
  readonly caret?: Caret;
  /** Present only while the host has not confirmed it. */
  readonly typing?: Typing;
}

/** The start and the end of the selection in a text field. */
export type Caret = readonly [number, number];

/** The API that VS Code provides to the page of a webview. */
export interface VsCode {
  postMessage(message: PanelIntent): void;
  getState(): Memory | undefined;
  setState(state: Memory): void;
}
