/**
 * Reads all of a list that comes in pages: a few requests at a time, each page once, none given up for
 * another one's failure. What is there already is not asked for again.
 */
import { ApiError } from '../api/errors';
import type { Page } from '../api/page';
import { pause } from '../base/abort';
import { Backoff } from '../base/backoff';
import type { Clock } from '../base/clock';
import { type ContactList, mostContacts } from './contactList';

export interface WholeLoad {
  readonly clock: Clock;
  read(offset: number, signal: AbortSignal): Promise<Page>;
  /** Rows were added to the list, and these are newer than they were. */
  onRows(again: readonly number[]): void;
}

/** The API has no rate limit "currently": more than a few at a time would ask for one. */
const atOnce = 4;
/** Of a list that the API refuses to give so fast. */
const patience = { least: 1_000, most: 120_000, tries: 8 };

/** @throws ApiError, with everything that arrived in the list; calling it again goes on from there */
export async function loadWhole(list: ContactList, load: WholeLoad, signal: AbortSignal): Promise<void> {
  const reader = new PoliteReader(load, signal);
  await readToEnd(list, reader, load);
  await readPages(list, list.slipped(), reader, load);
  await readToEnd(list, reader, load);
}

async function readToEnd(list: ContactList, reader: PoliteReader, load: WholeLoad): Promise<void> {
  while (!list.complete) {
    const from = list.next ?? 0;
    const { total, step } = list;
    const known = list.loaded && total !== undefined && step > 0;
    await readPages(list, known ? offsets(list, from, total, step) : [from], reader, load);
  }
}

/** The pages that are missing. The first is where the list ends; the others are where pages begin. */
function offsets(list: ContactList, from: number, total: number, step: number): readonly number[] {
  const all = [from];
  // A total is only what somebody says.
  const end = Math.min(total, from + mostContacts);
  for (let at = from - (from % step) + step; at < end; at += step) all.push(at);
  return all.filter((at) => !list.isAhead(at));
}

/** Reads these pages, a few at a time; after a failure no more are begun. */
async function readPages(list: ContactList, pages: readonly number[], reader: PoliteReader, load: WholeLoad) {
  let at = 0;
  let failure: unknown;
  const wasComplete = list.complete;
  const work = async () => {
    for (;;) {
      const offset = pages[at++];
      if (offset === undefined || failure !== undefined || list.complete !== wasComplete) return;
      try {
        load.onRows(list.take(await reader.read(offset), offset));
      } catch (error) {
        failure ??= error;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  if (failure !== undefined) throw failure;
}

/** Reads some pages of a list that is here, in place. */
export function readAgain(
  list: ContactList,
  pages: readonly number[],
  load: WholeLoad,
  signal: AbortSignal,
): Promise<void> {
  return readPages(list, pages, new PoliteReader(load, signal), load);
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
