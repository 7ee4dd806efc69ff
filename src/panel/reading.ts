/** Whether one panel's contact is being read, how that ended, and what a colleague changed since. */

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
  /** The contact is here, for the first time or anew. */
  loaded(): void;
}

/** Milliseconds: an open panel looks again at most this often, and not at what was read just now. */
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

  /** What a colleague changed while the panel was open, by name. */
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

  /** The panel is looked at: has a colleague changed the contact meanwhile? */
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
        // Nobody asked for it, and what is on screen is as good as before; Save looks again.
        (error: unknown) => {
          if (!isAbortError(error)) this.#note('look at', error);
        },
      );
  }

  /**
   * A save begins: it reads, too, and tells what others changed. To a look that ended after it, what was
   * saved would be somebody else's doing.
   */
  saving(): void {
    this.#changed = [];
    if (this.#loading.kind === 'loaded') this.#abort.abort();
  }

  /** A save has read it, too. */
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
