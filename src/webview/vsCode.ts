import type { PanelIntent } from '../protocol/intents';
import type { PanelIdentity } from '../protocol/state';

/** What VS Code keeps for the page: which contact it shows, and where the person was in it. */
interface Memory extends PanelIdentity {
  readonly scroll?: number;
  readonly focus?: string;
}

/** What VS Code gives a webview's page. */
export interface VsCode {
  postMessage(message: PanelIntent): void;
  getState(): Memory | undefined;
  setState(state: Memory): void;
}
