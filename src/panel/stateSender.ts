/** Sends one page its state: whole to a page that begins, and then only what changed. */
import { deltaOf } from '../protocol/delta';
import type { ChangeMessage, PanelState, StateMessage } from '../protocol/state';

export class StateSender {
  readonly #post: (message: StateMessage | ChangeMessage) => void;
  #version = 0;
  #sent: PanelState | undefined;

  constructor(post: (message: StateMessage | ChangeMessage) => void) {
    this.#post = post;
  }

  /** A page begins, or missed something. */
  begin(): void {
    this.#sent = undefined;
  }

  send(state: PanelState): void {
    const before = this.#sent;
    const delta = before && deltaOf(before, state);
    this.#sent = state;
    if (before === undefined) this.#post({ type: 'state', version: ++this.#version, state });
    else if (delta) this.#post({ type: 'change', version: ++this.#version, delta });
  }
}
