/**
 * A search box whose rows arrive while the user types. VS Code delays the keys on their way to the extension
 * host, and the rows on their way back: the user may press Enter while the rows of an earlier text are shown.
 */
import type * as vscode from 'vscode';
import type { Clock } from '../../base/clock';
import { type Disposable, DisposableStore } from '../../base/event';

export interface SearchResult<Row> {
  /** The matching rows, the best first. */
  readonly rows: readonly Row[];
  /** True if no row that is still to arrive can match better. */
  readonly isComplete: boolean;
}

export interface SearchSource<Row> {
  /** @returns undefined while no result is available */
  search(query: string): Promise<SearchResult<Row> | undefined>;
  /** Adds headings and notices, which are part of no result, to the rows. */
  present(rows: readonly Row[], query: string): readonly Row[];
  /** Identifies the record of a row, so that an updated row replaces the older one. */
  keyOf?(row: Row): string | undefined;
  /** Handles the chosen row, a result or a notice. */
  take(row: Row): void;
}

export type Box<Row extends vscode.QuickPickItem> = Pick<
  vscode.QuickPick<Row>,
  'value' | 'items' | 'activeItems' | 'selectedItems' | 'onDidChangeValue' | 'onDidAccept'
>;

interface Shown<Row> extends SearchResult<Row> {
  readonly query: string;
  readonly stage: number;
  readonly items: readonly Row[];
}

/** Milliseconds between two searches while rows arrive. */
const searchEvery = 200;
/** The maximum number of rows; the user narrows a longer result by typing. */
export const maxRows = 100;

export class SearchBox<Row extends vscode.QuickPickItem> implements Disposable {
  readonly #box: Box<Row>;
  readonly #source: SearchSource<Row>;
  readonly #clock: Clock;
  readonly #drawn: () => Promise<unknown>;
  readonly #subscriptions = new DisposableStore();
  /** The lists that may be on screen: the latest one that is certainly drawn, and those on their way. */
  #shown: readonly Shown<Row>[] = [];
  /** The text for which the user pressed Enter before its rows were drawn. */
  #entered: string | undefined;
  #soon: Disposable | undefined;
  #stage = 0;
  #disposed = false;

  /** @param drawn resolves when all earlier changes are on screen and all earlier keys have arrived */
  constructor(box: Box<Row>, source: SearchSource<Row>, clock: Clock, drawn: () => Promise<unknown>) {
    this.#box = box;
    this.#source = source;
    this.#clock = clock;
    this.#drawn = drawn;
    this.#subscriptions.add(
      box.onDidChangeValue(() => {
        this.#entered = undefined;
        void this.search();
      }),
      box.onDidAccept(() => this.#accept()),
    );
  }

  /** Schedules one search, however often it is called. */
  searchSoon(): void {
    this.#soon ??= this.#clock.after(searchEvery, () => {
      this.#soon = undefined;
      void this.search();
    });
  }

  async search(): Promise<void> {
    const query = this.#box.value;
    const stage = this.#stage;
    const result = await this.#source.search(query);
    // The text may have changed in the meantime.
    if (result === undefined || this.#disposed || stage !== this.#stage || query !== this.#box.value) return;
    this.#show(query, result);
    this.#settle();
  }

  /** Starts another question in the same box, for which the previous rows are no answers. */
  async restart(): Promise<void> {
    this.#stage++;
    this.#entered = undefined;
    this.#box.value = '';
    await this.search();
  }

  dispose(): void {
    this.#disposed = true;
    this.#soon?.dispose();
    this.#subscriptions.dispose();
  }

  #show(query: string, result: SearchResult<Row>): void {
    const box = this.#box;
    const before = this.#shown.at(-1);
    const [active] = box.activeItems;
    const isSame = before?.query === query && before.stage === this.#stage;
    const keyOf = (row: Row) => this.#source.keyOf?.(row) ?? row;
    const rows = isSame ? steady(before.rows, result.rows, active, keyOf) : result.rows;
    const items = this.#source.present(rows, query);
    box.items = items;
    if (isSame && active && items.includes(active)) box.activeItems = [active];
    const shown: Shown<Row> = { query, stage: this.#stage, rows, items, isComplete: result.isComplete };
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
    // Without a text, Enter can only mean a row, and the row is unknown.
    else if (typed.trim() !== '') {
      this.#entered = typed;
      this.#settle();
    }
  }

  /**
   * VS Code identifies a row by its position: the row must have the same position in all lists that may be on
   * screen.
   */
  #isCertain(row: Row, typed: string): boolean {
    const latest = this.#shown.at(-1);
    const place = latest?.items.indexOf(row) ?? -1;
    if (latest?.query !== typed || place === -1) return false;

    return this.#shown.every(
      ({ items, stage }) => items[place] === undefined || (items[place] === row && stage === this.#stage),
    );
  }

  /** Chooses the only match of a text that was entered early. Several matches stay in the box. */
  #settle(): void {
    const latest = this.#shown.at(-1);
    if (this.#entered === undefined || latest?.query !== this.#entered || !latest.isComplete) return;
    if (latest.stage !== this.#stage) return;
    this.#entered = undefined;
    const [only, ...others] = latest.rows;
    if (only && others.length === 0) this.#source.take(only);
  }
}

/** Keeps the rows down to the active one in place; better matches may appear below it. */
function steady<Row>(
  shown: readonly Row[],
  best: readonly Row[],
  active: Row | undefined,
  keyOf: (row: Row) => unknown,
): readonly Row[] {
  const at = active === undefined ? -1 : shown.indexOf(active);
  const newest = new Map(best.map((row) => [keyOf(row), row]));
  // The texts of a row may have changed.
  const kept = new Map(shown.slice(0, at + 1).map((row) => [keyOf(row), newest.get(keyOf(row)) ?? row]));
  return [...kept.values(), ...best.filter((row) => !kept.has(keyOf(row)))].slice(0, maxRows);
}
