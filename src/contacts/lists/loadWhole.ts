/**
 * Reads all pages of a list: a few requests at a time, each page once, and no request fails because of
 * another one. Loaded rows are not requested again, except one row in which two pages overlap.
 */
import { asksToWait } from '../../api/http/errors';
import { pause } from '../../base/abort';
import { Backoff } from '../../base/backoff';
import type { Clock } from '../../base/clock';
import { mapConcurrently } from '../../base/concurrency';
import type { ContactList } from './contactList';
import type { ListPage as Page, Taken } from './pages/listPage';
import { limitOf, missingOffsets, nextOffset } from './pages/pagePlan';

export interface WholeLoad {
  readonly clock: Clock;
  /** The number of rows of a page. */
  readonly rows: number;
  read(offset: number, signal: AbortSignal): Promise<Page>;
  /** Called when rows were added to the list or replaced by newer ones. */
  onRows(taken: Taken): void;
}

/** The maximum number of attempts for one gap, and of gaps. */
const maxRounds = 2;
const maxMended = 20;
/** The waits and retries when the API limits the rate. */
const patience = { min: 1_000, max: 120_000, tries: 8 };

/**
 * Reads a list to its end. After a failure, the next call continues.
 * @throws ApiError; the list keeps all rows that arrived
 */
export async function loadWhole(list: ContactList, load: WholeLoad, signal: AbortSignal): Promise<void> {
  const reader = new RateLimitedReader(load, signal);
  const read = (offset: number) => reader.read(offset);
  await readToEnd(list, read, load);
  await mend(list, read, load);
  // The API may count more rows than it sent, or a row may have been added at the end.
  await readToEnd(list, read, load);
}

/** Reads rows from the end of the loaded part, and those that are missing between pages. */
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

/** Reads some pages of a loaded list again, in place. */
export function readAgain(
  list: ContactList,
  pages: readonly number[],
  load: WholeLoad,
  signal: AbortSignal,
): Promise<void> {
  const reader = new RateLimitedReader(load, signal);
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

/** Reads around the places where a row may be missing between two pages, further back in each round. */
async function mend(list: ContactList, read: Read, load: WholeLoad): Promise<void> {
  if (list.complete && list.suspect !== undefined) await takeAgain(list, [list.suspect], read, load);
  const limit = limitOf(list, load.rows);
  const half = Math.ceil(Math.min(list.size?.rows ?? limit, limit) / 2);
  for (let round = 1; round <= maxRounds && list.doubtful.length > 0; round++) {
    const offsets = list.doubtful.map(({ offset, isPassed }) =>
      isPassed ? offset : Math.max(0, offset - round * half),
    );
    await takeAgain(list, [...new Set(offsets)].slice(0, maxMended), read, load);
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

/** Reads pages in parallel until `isEnough`; after a failure, no further request starts. */
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

/** When the API requests a wait, all requests wait. When the wait is too long, all of them end. */
class RateLimitedReader {
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
        if (!asksToWait(error)) throw error;
        if (this.#backoff.refused(error.retryAfter) !== undefined) continue;
        this.#over.abort(error);
        throw error;
      }
    }
  }
}
