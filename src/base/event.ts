/**
 * An object that releases its resources on `dispose`. VS Code's `Disposable` has the same shape, so that
 * either type can replace the other.
 */
export interface Disposable {
  dispose(): void;
}

/** Subscribes a listener until the returned object is disposed. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** The source of one event. A listener that throws does not stop the other listeners. */
export class Emitter<T> implements Disposable {
  readonly #listeners = new Set<(value: T) => void>();

  readonly event: Event<T> = (listener) => {
    // The wrapper makes two subscriptions of a function that is subscribed twice.
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

/** Disposes a set of objects together. An object that is added after `dispose` is disposed at once. */
export class DisposableStore implements Disposable {
  readonly #all = new Set<Disposable>();
  #disposed = false;

  add(...disposables: readonly Disposable[]): void {
    for (const one of disposables) {
      if (this.#disposed) one.dispose();
      else this.#all.add(one);
    }
  }

  /** Disposes all added objects. The store stays usable. */
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

/** A value that is replaced at times, such as the stores of the signed-in account. */
export interface Current<T> {
  readonly current: T;
  readonly onDidChange: Event<T>;
}

/**
 * Calls `follow` with the current value and with each later one.
 * @param follow adds its subscriptions to the store, which is cleared before the next value
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
