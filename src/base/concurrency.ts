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

/** Does the same for many, a few at a time, and gives back what came of each in their order. */
export async function mapConcurrently<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  atOnce = 4,
): Promise<R[]> {
  const done: R[] = [];
  const rest = items.entries();
  const worker = async () => {
    for (const [index, item] of rest) done[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return done;
}

/** Work by name: what has the same name follows one another, in the order in which it was asked for. */
export class KeyedQueue {
  readonly #last = new Map<string, Promise<void>>();

  /** One that fails keeps nobody else from their turn. */
  take(name: string, work: () => Promise<void>): Promise<void> {
    const turn = (this.#last.get(name) ?? Promise.resolve()).then(work);
    this.#last.set(
      name,
      turn.catch(() => undefined),
    );
    return turn;
  }

  /** When all that was asked for until now is over. */
  async over(): Promise<void> {
    await Promise.all(this.#last.values());
  }
}
