/** Runs `make` at the first call only. A failure is not remembered, so that the next call tries again. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

/** The number of requests at a time. */
export const atOnce = 4;

/**
 * Maps items with at most `atOnce` calls of `work` at a time.
 * @returns the results in the order of the items
 */
export async function mapConcurrently<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const done: R[] = [];
  const rest = items.entries();
  const worker = async () => {
    for (const [index, item] of rest) done[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return done;
}

/**
 * Runs work with the same name one after another, in the order of the calls. Different names run in parallel.
 */
export class KeyedQueue {
  readonly #last = new Map<string, Promise<void>>();

  /** Queues `work` under `name`. A failure rejects the returned promise only; later work still runs. */
  take(name: string, work: () => Promise<void>): Promise<void> {
    const turn = (this.#last.get(name) ?? Promise.resolve()).then(work);
    this.#last.set(
      name,
      turn.catch(() => undefined),
    );
    return turn;
  }

  /** Resolves when all work queued so far has ended. */
  async over(): Promise<void> {
    await Promise.all(this.#last.values());
  }
}
