/**
 * Reads all of a list that comes in pages: a few requests at a time, each page once, none given up for
 * another one's failure. What is there already is not asked for again.
 */
import { ApiError } from '../api/errors';
import type { Page } from '../api/page';
import { pause } from '../base/abort';
import type { ContactList } from './contactList';

export interface WholeLoad {
  read(offset: number, signal: AbortSignal): Promise<Page>;
  /** Rows were added to the list. */
  onRows(): void;
  readonly signal: AbortSignal;
}

/** The API has no rate limit "currently": more than a few at a time would ask for one. */
const atOnce = 4;
/** Seconds to wait where a 429 doesn't say, and the most that we wait for one. */
const wait = { usual: 5, most: 120 } as const;
/** How often one page may be refused by 429. */
const mostRefusals = 8;

/** @throws ApiError, with everything that arrived in the list; calling it again goes on from there */
export async function loadWhole(list: ContactList, load: WholeLoad): Promise<void> {
  const reader = new PoliteReader(load);
  while (!list.complete) {
    const from = list.next ?? 0;
    const { total, step } = list;
    if (!list.loaded || total === undefined || step === 0) {
      list.add(await reader.read(from), from);
      load.onRows();
    } else await readRange(list, offsets(list, from, total, step), reader, load);
  }
}

/** The pages that are missing. The first is where the list ends; the others are where pages begin. */
function offsets(list: ContactList, from: number, total: number, step: number): readonly number[] {
  const all = [from];
  for (let at = from - (from % step) + step; at < total; at += step) all.push(at);
  return all.filter((at) => !list.ahead.has(at));
}

async function readRange(list: ContactList, queue: readonly number[], reader: PoliteReader, load: WholeLoad) {
  let at = 0;
  let failure: unknown;
  const work = async () => {
    for (;;) {
      const offset = queue[at++];
      if (offset === undefined || failure !== undefined || list.complete) return;
      try {
        list.ahead.set(offset, await reader.read(offset));
        list.addAhead();
        load.onRows();
      } catch (error) {
        failure ??= error;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  if (failure !== undefined) throw failure;
}

/** When the API asks to wait, everybody waits. */
class PoliteReader {
  readonly #load: WholeLoad;
  #until = 0;

  constructor(load: WholeLoad) {
    this.#load = load;
  }

  async read(offset: number): Promise<Page> {
    const { signal } = this.#load;
    for (let refusals = 0; ; refusals++) {
      await pause(this.#until - Date.now(), signal);
      try {
        return await this.#load.read(offset, signal);
      } catch (error) {
        if (!(error instanceof ApiError) || error.reason !== 'tooMany' || refusals >= mostRefusals)
          throw error;
        const seconds = Math.min(error.retryAfter ?? wait.usual, wait.most);
        this.#until = Math.max(this.#until, Date.now() + seconds * 1000);
      }
    }
  }
}
