import type { PanelIntent } from '../protocol/intents';
import type { PanelIdentity } from '../protocol/state';
import type { Typing } from './typing';

/** What VS Code keeps for the page: which contact it shows, where the person was, and what is on its way. */
interface Memory extends PanelIdentity {
  readonly scroll?: number;
  readonly focus?: string;
  readonly caret?: Caret;
  /** Only while the host has not taken it. */
  readonly typing?: Typing;
}

/** Start and end of the selection in a text field. */
export type Caret = readonly [number, number];

/** What VS Code gives a webview's page. */
export interface VsCode {
  postMessage(message: PanelIntent): void;
  getState(): Memory | undefined;
  setState(state: Memory): void;
}
