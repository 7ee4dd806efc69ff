/** Something that can be told to stop; the same shape as VS Code's, so either may be used for the other. */
export interface Disposable {
  dispose(): void;
}

/** Subscribes a listener until what it returns is disposed. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** The source of one event. A listener that throws does not keep the others from hearing it. */
export class Emitter<T> implements Disposable {
  readonly #listeners = new Set<(value: T) => void>();

  readonly event: Event<T> = (listener) => {
    // A wrapper, so that the same function subscribed twice is two subscriptions.
    const own = (value: T) => listener(value);
    this.#listeners.add(own);
    return { dispose: () => void this.#listeners.delete(own) };
  };

  fire(value: T): void {
    const thrown: unknown[] = [];
    for (const listener of [...this.#listeners]) {
      try {
        listener(value);
      } catch (error) {
        thrown.push(error);
      }
    }
    if (thrown.length > 0) throw thrown[0];
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

/** Collects what has to be disposed together. One that is added after the end is disposed at once. */
export class DisposableStore implements Disposable {
  readonly #all = new Set<Disposable>();
  #disposed = false;

  add(...disposables: readonly Disposable[]): void {
    for (const one of disposables) {
      if (this.#disposed) one.dispose();
      else this.#all.add(one);
    }
  }

  /** Disposes what was added so far, and stays usable. */
  clear(): void {
    const all = [...this.#all];
    this.#all.clear();
    for (const one of all) one.dispose();
  }

  dispose(): void {
    this.#disposed = true;
    this.clear();
  }
}

/** A value that is replaced now and then: the stores of the signed-in account, say. */
export interface Current<T> {
  readonly current: T;
  readonly onDidChange: Event<T>;
}

/**
 * Calls `follow` with the current value and with each later one.
 * @param follow adds its subscriptions to the store, which is cleared before the next value comes
 */
export function followCurrent<T>(
  source: Current<T>,
  follow: (value: T, subscriptions: DisposableStore) => void,
): Disposable {
  const subscriptions = new DisposableStore();
  const next = (value: T) => {
    subscriptions.clear();
    follow(value, subscriptions);
  };
  const change = source.onDidChange(next);
  next(source.current);
  return {
    dispose: () => {
      change.dispose();
      subscriptions.dispose();
    },
  };
}
