/**
 * The state of the work on each record, such as a save. Each record has at most one piece of work at a time,
 * and an error that the work does not expect is logged with its stack, whatever state it leads to.
 */
import { type Disposable, Emitter } from '../../base/event';
import { attempt, type Logger } from '../../base/log';

interface Work<K, S extends { readonly kind: string }> {
  keyOf(key: K): string;
  /** The kinds of the states in which work is under way. */
  readonly busy: readonly S['kind'][];
}

export class WorkStates<K, S extends { readonly kind: string }> implements Disposable {
  readonly #work: Work<K, S>;
  readonly #log: Logger;
  readonly #states = new Map<string, { readonly key: K; readonly state: S }>();
  readonly #changed = new Emitter<K>();
  readonly onDidChange = this.#changed.event;

  constructor(work: Work<K, S>, log: Logger) {
    this.#work = work;
    this.#log = log;
  }

  get(key: K): S | undefined {
    return this.#states.get(this.#work.keyOf(key))?.state;
  }

  set(key: K, state: S): void {
    this.#states.set(this.#work.keyOf(key), { key, state });
    this.#changed.fire(key);
  }

  isBusy(key: K): boolean {
    const state = this.get(key);
    return state !== undefined && this.#work.busy.includes(state.kind);
  }

  /**
   * Runs work that ends in a state; does nothing while other work on the record is under way.
   * @param during names the work in the log
   * @param failed the state after an error
   */
  async run(
    key: K,
    during: string,
    begun: S,
    work: () => Promise<S>,
    failed: (error: unknown) => S | Promise<S>,
  ): Promise<void> {
    if (this.isBusy(key)) return;
    this.set(key, begun);
    this.set(key, await attempt(this.#log, during, work, failed));
  }

  /** Forgets finished work, because the panel that showed it is closed. */
  forgetDone(isMine: (key: K) => boolean): void {
    for (const [text, { key, state }] of this.#states)
      if (state.kind === 'done' && isMine(key)) this.#states.delete(text);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
