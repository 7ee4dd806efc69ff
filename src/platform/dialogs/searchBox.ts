/**
 * A search box over rows that arrive while somebody types. VS Code gives the extension's process each key with a
 * delay, and shows its rows with a delay: Enter may be pressed while the rows of an earlier text are shown.
 */
import type * as vscode from 'vscode';
import type { Clock } from '../../base/clock';
import type { Disposable } from '../../base/event';

export interface Looked<Row> {
  /** What matches, best first. */
  readonly rows: readonly Row[];
  /** Nothing that is still to arrive can match as well. */
  readonly isComplete: boolean;
}

export interface SearchSource<Row> {
  /** @returns undefined where there is nothing to show yet */
  look(query: string): Promise<Looked<Row> | undefined>;
  /** What the box shows for these rows: with headings and notices, which are in no result. */
  dress(rows: readonly Row[], query: string): readonly Row[];
  /** Tells what a row is about: one that says something else by now takes the place of the older one. */
  keyOf?(row: Row): string | undefined;
  /** The person chose this row, a result or a notice. */
  take(row: Row): void;
}

export type Box<Row extends vscode.QuickPickItem> = Pick<
  vscode.QuickPick<Row>,
  'value' | 'items' | 'activeItems' | 'selectedItems' | 'onDidChangeValue' | 'onDidAccept'
>;

interface Shown<Row> extends Looked<Row> {
  readonly query: string;
  readonly stage: number;
  readonly items: readonly Row[];
}

/** Milliseconds between two looks at what is still arriving. */
const lookEvery = 200;
/** Rows on screen; who does not see theirs among them types on. */
export const mostRows = 100;

export class SearchBox<Row extends vscode.QuickPickItem> implements Disposable {
  readonly #box: Box<Row>;
  readonly #source: SearchSource<Row>;
  readonly #clock: Clock;
  readonly #drawn: () => Promise<unknown>;
  readonly #subscriptions: Disposable[];
  /** What the person may be looking at: the rows that are certainly drawn, and those that are on their way. */
  #shown: readonly Shown<Row>[] = [];
  /** Enter was pressed for this text before its rows were drawn. */
  #entered: string | undefined;
  #soon: Disposable | undefined;
  #stage = 0;
  #disposed = false;

  /** @param drawn resolves when what was set before is on the screen, and each key before that has arrived */
  constructor(box: Box<Row>, source: SearchSource<Row>, clock: Clock, drawn: () => Promise<unknown>) {
    this.#box = box;
    this.#source = source;
    this.#clock = clock;
    this.#drawn = drawn;
    this.#subscriptions = [
      box.onDidChangeValue(() => {
        this.#entered = undefined;
        void this.look();
      }),
      box.onDidAccept(() => this.#accept()),
    ];
  }

  /** Looks again soon, however often this is called. */
  lookSoon(): void {
    this.#soon ??= this.#clock.after(lookEvery, () => {
      this.#soon = undefined;
      void this.look();
    });
  }

  async look(): Promise<void> {
    const query = this.#box.value;
    const stage = this.#stage;
    const looked = await this.#source.look(query);
    // Something else may have been typed meanwhile.
    if (looked === undefined || this.#disposed || stage !== this.#stage || query !== this.#box.value) return;
    this.#show(query, looked);
    this.#settle();
  }

  /** Another question in the same box: rows of the one before answer nothing any more. */
  async restart(): Promise<void> {
    this.#stage++;
    this.#entered = undefined;
    this.#box.value = '';
    await this.look();
  }

  dispose(): void {
    this.#disposed = true;
    this.#soon?.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #show(query: string, looked: Looked<Row>): void {
    const box = this.#box;
    const before = this.#shown.at(-1);
    const [active] = box.activeItems;
    const isSame = before?.query === query && before.stage === this.#stage;
    const keyOf = (row: Row) => this.#source.keyOf?.(row) ?? row;
    const rows = isSame ? steady(before.rows, looked.rows, active, keyOf) : looked.rows;
    const items = this.#source.dress(rows, query);
    box.items = items;
    if (isSame && active && items.includes(active)) box.activeItems = [active];
    const shown: Shown<Row> = { query, stage: this.#stage, rows, items, isComplete: looked.isComplete };
    this.#shown = [...this.#shown, shown];
    void this.#drawn().then(() => {
      const at = this.#shown.indexOf(shown);
      if (at > 0) this.#shown = this.#shown.slice(at);
    });
  }

  #accept(): void {
    const [row] = this.#box.selectedItems;
    const typed = this.#box.value;
    if (row && this.#isCertain(row, typed)) this.#source.take(row);
    // Without a text, Enter means a row alone, and nobody knows which.
    else if (typed.trim() !== '') {
      this.#entered = typed;
      this.#settle();
    }
  }

  /** VS Code tells a row by its place: it must be the same in all rows that may be on the screen. */
  #isCertain(row: Row, typed: string): boolean {
    const latest = this.#shown.at(-1);
    const place = latest?.items.indexOf(row) ?? -1;
    if (latest?.query !== typed || place === -1) return false;

    return this.#shown.every(
      ({ items, stage }) => items[place] === undefined || (items[place] === row && stage === this.#stage),
    );
  }

  /** Takes the only match of a text that was entered early. Of several, the person chooses: the box stays. */
  #settle(): void {
    const latest = this.#shown.at(-1);
    if (this.#entered === undefined || latest?.query !== this.#entered || !latest.isComplete) return;
    if (latest.stage !== this.#stage) return;
    this.#entered = undefined;
    const [only, ...others] = latest.rows;
    if (only && others.length === 0) this.#source.take(only);
  }
}

/** The rows down to the one under the cursor stay where they are; better ones may come below. */
function steady<Row>(
  shown: readonly Row[],
  best: readonly Row[],
  active: Row | undefined,
  keyOf: (row: Row) => unknown,
): readonly Row[] {
  const at = active === undefined ? -1 : shown.indexOf(active);
  const newest = new Map(best.map((row) => [keyOf(row), row]));
  // A row may say something else by now.
  const kept = new Map(shown.slice(0, at + 1).map((row) => [keyOf(row), newest.get(keyOf(row)) ?? row]));
  return [...kept.values(), ...best.filter((row) => !kept.has(keyOf(row)))].slice(0, mostRows);
}
