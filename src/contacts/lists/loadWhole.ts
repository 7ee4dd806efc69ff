/**
 * Reads all of a list that comes in pages: a few requests at a time, each page once, none given up for
 * another one's failure. What is there already is not asked for again, but for one row in which two pages meet.
 */
import { ApiError } from '../../api/http/errors';
import { pause } from '../../base/abort';
import { Backoff } from '../../base/backoff';
import type { Clock } from '../../base/clock';
import { mapConcurrently } from '../../base/concurrency';
import type { ContactList } from './contactList';
import type { ListPage as Page, Taken } from './pages/listPage';
import { limitOf, missingOffsets, nextOffset } from './pages/pagePlan';

export interface WholeLoad {
  readonly clock: Clock;
  /** The rows of a page. */
  readonly rows: number;
  read(offset: number, signal: AbortSignal): Promise<Page>;
  /** Rows were added to the list, or others are newer than they were. */
  onRows(taken: Taken): void;
}

/** How often one gap is read around, and how many are. */
const mostRounds = 2;
const mostMended = 20;
/** Of a list that the API refuses to give so fast. */
const patience = { least: 1_000, most: 120_000, tries: 8 };

/** @throws ApiError, with everything that arrived in the list; calling it again goes on from there */
export async function loadWhole(list: ContactList, load: WholeLoad, signal: AbortSignal): Promise<void> {
  const reader = new PoliteReader(load, signal);
  const read = (offset: number) => reader.read(offset);
  await readToEnd(list, read, load);
  await mend(list, read, load);
  // The API counts more than it gave, or a row at the end came meanwhile.
  await readToEnd(list, read, load);
}

/** Reads so many rows from where the list ends, and what slipped between them. */
export async function loadRows(
  list: ContactList,
  rows: number,
  load: WholeLoad,
  signal: AbortSignal,
): Promise<void> {
  const read = (offset: number) => load.read(offset, signal);
  const following = () => nextOffset(list, limitOf(list, load.rows));
  for (let at = following(); at !== undefined && list.ids.length < rows; at = following())
    load.onRows(list.take(await read(at), at));
  await mend(list, read, load);
}

/** Reads some pages of a list that is here, in place. */
export function readAgain(
  list: ContactList,
  pages: readonly number[],
  load: WholeLoad,
  signal: AbortSignal,
): Promise<void> {
  const reader = new PoliteReader(load, signal);
  return takeAgain(list, pages, (offset) => reader.read(offset), load);
}

type Read = (offset: number) => Promise<Page>;

async function readToEnd(list: ContactList, read: Read, load: WholeLoad): Promise<void> {
  while (!list.complete) {
    await readPages(
      list.loaded ? missingOffsets(list, limitOf(list, load.rows)) : [0],
      read,
      (page, at) => load.onRows(list.take(page, at)),
      () => list.complete,
    );
  }
}

/** Reads around the places where a row may have slipped between two pages, each time further back. */
async function mend(list: ContactList, read: Read, load: WholeLoad): Promise<void> {
  if (list.complete && list.suspect !== undefined) await takeAgain(list, [list.suspect], read, load);
  const limit = limitOf(list, load.rows);
  const half = Math.ceil(Math.min(list.size?.rows ?? limit, limit) / 2);
  for (let round = 1; round <= mostRounds && list.doubtful.length > 0; round++) {
    const offsets = list.doubtful.map(({ offset, isPassed }) =>
      isPassed ? offset : Math.max(0, offset - round * half),
    );
    await takeAgain(list, [...new Set(offsets)].slice(0, mostMended), read, load);
    if (list.gaps === 0) break;
  }
  list.settle();
}

async function takeAgain(list: ContactList, pages: readonly number[], read: Read, load: WholeLoad) {
  await readPages(
    pages,
    read,
    (page, offset) => load.onRows(list.takeAgain(page, offset)),
    () => false,
  );
}

/** Reads these pages, a few at a time, until it is enough; after a failure no more are begun. */
async function readPages(
  pages: readonly number[],
  read: Read,
  take: (page: Page, offset: number) => void,
  isEnough: () => boolean,
) {
  let failure: unknown;
  await mapConcurrently(pages, async (offset) => {
    if (failure !== undefined || isEnough()) return;
    try {
      take(await read(offset), offset);
    } catch (error) {
      failure ??= error;
    }
  });
  if (failure !== undefined) throw failure;
}

/** When the API asks to wait, everybody waits. When the wait is too long, everybody ends. */
class PoliteReader {
  readonly #load: WholeLoad;
  readonly #signal: AbortSignal;
  readonly #backoff: Backoff;
  readonly #over = new AbortController();

  constructor(load: WholeLoad, signal: AbortSignal) {
    this.#load = load;
    this.#signal = signal;
    this.#backoff = new Backoff(patience, load.clock);
  }

  async read(offset: number): Promise<Page> {
    const waiting = AbortSignal.any([this.#signal, this.#over.signal]);
    for (;;) {
      await pause(this.#backoff.left, waiting, this.#load.clock);
      try {
        const page = await this.#load.read(offset, this.#signal);
        this.#backoff.accepted();
        return page;
      } catch (error) {
        if (!ApiError.is(error, 'tooMany')) throw error;
        if (this.#backoff.refused(error.retryAfter) !== undefined) continue;
        this.#over.abort(error);
        throw error;
      }
    }
  }
}
