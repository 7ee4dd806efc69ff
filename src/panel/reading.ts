/** The read of one panel's contact: its state, its result, and a colleague's changes since. */

import type { ContactRef } from '../api/contacts';
import type { ResourceDocument } from '../api/http/document';
import { ApiError } from '../api/http/errors';
import { isAbortError } from '../base/abort';
import type { Clock } from '../base/clock';
import type { Disposable } from '../base/event';
import { type Logger, logUnexpected } from '../base/log';
import type { AccountStores } from '../contacts/accountStores';
import { changedAttributes } from '../contacts/saving/merge';

export type Loading =
  | { readonly kind: 'loading' }
  | { readonly kind: 'loaded' }
  | { readonly kind: 'failed'; readonly error: unknown };

export interface ReadingHost {
  readonly log: Logger;
  readonly clock: Clock;
  data(): Pick<AccountStores, 'contacts'> | undefined;
  changed(): void;
  /** Called when the contact was loaded or reloaded. */
  loaded(): void;
}

/** Milliseconds: the minimum interval between two checks for changes, and between a read and a check. */
const look = { every: 60_000, notWithin: 1_000 } as const;

export class Reading implements Disposable {
  readonly #host: ReadingHost;
  readonly #ref: ContactRef;
  #loading: Loading = { kind: 'loading' };
  #abort = new AbortController();
  #readAt = Number.NEGATIVE_INFINITY;
  #treeRefresh = Number.NEGATIVE_INFINITY;
  #changed: readonly string[] = [];

  constructor(host: ReadingHost, ref: ContactRef) {
    this.#host = host;
    this.#ref = ref;
  }

  get loading(): Loading {
    return this.#loading;
  }

  get document(): ResourceDocument | undefined {
    return this.#loading.kind === 'loaded' ? this.#host.data()?.contacts.document(this.#ref) : undefined;
  }

  /** The names of attributes that a colleague changed while the panel was open. */
  get changed(): readonly string[] {
    return this.#changed;
  }

  load(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#changed = [];
    this.#loading = { kind: 'loading' };
    this.#host.changed();
    this.#host
      .data()
      ?.contacts.load(this.#ref, signal)
      .then(
        () => this.#end(signal, { kind: 'loaded' }),
        (error: unknown) => {
          if (!isAbortError(error)) this.#note('load', error);
          this.#end(signal, { kind: 'failed', error });
        },
      );
  }

  /** Checks for a colleague's changes when the panel is shown. */
  look(): void {
    const now = this.#host.clock.monotonic();
    if (this.#loading.kind !== 'loaded' || now - this.#readAt < look.notWithin) return;
    if (now - this.#treeRefresh < look.every) return;
    const before = this.document;
    this.#treeRefresh = now;
    this.#abort = new AbortController();
    this.#host
      .data()
      ?.contacts.load(this.#ref, this.#abort.signal)
      .then(
        ({ resource }) => {
          const changed = before === undefined ? [] : changedAttributes(before.resource, resource);
          if (changed.length === 0) return;
          this.#changed = changed;
          this.#host.changed();
        },
        // The user did not request this check and the data on screen is still valid, so an error is not
        // shown; Save reads again.
        (error: unknown) => {
          if (!isAbortError(error)) this.#note('look at', error);
        },
      );
  }

  /**
   * Stops a running check when a save begins, because the save reads and reports changes itself. A check that
   * ended after the save would show the saved values as a colleague's.
   */
  saving(): void {
    this.#changed = [];
    if (this.#loading.kind === 'loaded') this.#abort.abort();
  }

  /** A save has read the contact, too. */
  saved(): void {
    this.#readAt = this.#host.clock.monotonic();
  }

  dispose(): void {
    this.#abort.abort();
  }

  #end(signal: AbortSignal, loading: Loading): void {
    if (signal.aborted) return;
    this.#loading = loading;
    this.#readAt = this.#host.clock.monotonic();
    if (loading.kind === 'loaded') this.#host.loaded();
    this.#host.changed();
  }

  #note(what: string, error: unknown): void {
    if (error instanceof ApiError) this.#host.log.warn(`${what} contact: ${error.message}`);
    else logUnexpected(this.#host.log, `${what} contact`, error);
  }
}
