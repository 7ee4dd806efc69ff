/**
 * A QuickPick whose window is in another process, as in VS Code: changes by the extension arrive there later,
 * and the user's input arrives here later. The window identifies a chosen row by its position.
 */
import { Emitter } from '../../src/base/event';
import type { Box } from '../../src/platform/dialogs/searchBox';

export interface BoxRow {
  readonly label: string;
}

export class DistantBox implements Box<BoxRow> {
  readonly #changed = new Emitter<string>();
  readonly #accepted = new Emitter<void>();
  readonly onDidChangeValue = this.#changed.event;
  readonly onDidAccept = this.#accepted.event;
  value = '';
  activeItems: readonly BoxRow[] = [];
  selectedItems: readonly BoxRow[] = [];
  #items: readonly BoxRow[] = [];
  readonly #toWindow: (() => void)[] = [];
  readonly #toHost: (() => void)[] = [];
  /** The content on screen. */
  readonly window: { text: string; rows: readonly BoxRow[]; cursor: number } = {
    text: '',
    rows: [],
    cursor: 0,
  };

  get items(): readonly BoxRow[] {
    return this.#items;
  }

  set items(items: readonly BoxRow[]) {
    this.#items = items;
    this.#toWindow.push(() => {
      Object.assign(this.window, { rows: items, cursor: 0 });
    });
  }

  /** Resolves when the window has received all changes and its answer is here. */
  readonly drawn = () =>
    new Promise<void>((resolve) => {
      this.#toWindow.push(() => this.#toHost.push(resolve));
    });

  type(text: string): void {
    this.window.text = text;
    this.#toHost.push(() => {
      this.value = text;
      this.#changed.fire(text);
    });
  }

  down(): void {
    this.window.cursor = Math.max(0, Math.min(this.window.cursor + 1, this.window.rows.length - 1));
    const { cursor } = this.window;
    this.#toHost.push(() => {
      this.activeItems = this.#items.slice(cursor, cursor + 1);
    });
  }

  /** @returns the active row */
  enter(): BoxRow | undefined {
    const { cursor, rows } = this.window;
    this.#toHost.push(() => {
      this.selectedItems = rows.length === 0 ? [] : this.#items.slice(cursor, cursor + 1);
      this.#accepted.fire();
    });
    return rows[cursor];
  }

  /** Delivers one message to the window. */
  toWindow(): void {
    this.#toWindow.shift()?.();
  }

  /** Delivers one message to the extension, and lets waiting code continue. */
  async toHost(): Promise<void> {
    this.#toHost.shift()?.();
    for (let turn = 0; turn < 8; turn++) await Promise.resolve();
  }

  async everything(): Promise<void> {
    while (this.#toHost.length + this.#toWindow.length > 0) {
      this.toWindow();
      await this.toHost();
    }
  }
}
