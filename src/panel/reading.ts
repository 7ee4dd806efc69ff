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
import type { Loading } from './state/panelState';

export interface ReadingHost {
  readonly log: Logger;
  readonly clock: Clock;
  data(): Pick<AccountStores, 'contacts'> | undefined;
  changed(): void;
  /** Called after each look at the contact. Its draft may be over. */
  checked?(): void;
  /** Called when the contact was loaded or reloaded. */
  loaded(): void;
}

/** Milliseconds: the minimum interval between two checks for changes, and between a read and a check. */
const check = { every: 60_000, notWithin: 1_000 } as const;

export class Reading implements Disposable {
  readonly #host: ReadingHost;
  readonly #ref: ContactRef;
  #loading: Loading = { kind: 'loading' };
  #abort = new AbortController();
  #readAt = Number.NEGATIVE_INFINITY;
  #shownAt = Number.NEGATIVE_INFINITY;
  #changed: readonly string[] = [];
  /** True after Ctrl Hub answered that the contact does not exist: a retry does not show its old row again. */
  #isGone = false;
  /** The document when the read began: a different one is the answer to a save. */
  #before: ResourceDocument | undefined;

  constructor(host: ReadingHost, ref: ContactRef) {
    this.#host = host;
    this.#ref = ref;
  }

  get loading(): Loading {
    return this.#loading;
  }

  /**
   * The contact as it is shown: as it was read, or as far as it is known during a read and after a failure.
   * Undefined if nothing is known, and after Ctrl Hub answered that the contact does not exist.
   */
  get shown(): ResourceDocument | undefined {
    const contacts = this.#host.data()?.contacts;
    if (this.#loading.kind === 'loaded') return contacts?.document(this.#ref);
    return this.#isGone ? undefined : contacts?.known(this.#ref);
  }

  /** The contact as it was last read, because a row of a list lacks the related records. */
  get document(): ResourceDocument | undefined {
    return this.shown && this.#host.data()?.contacts.document(this.#ref);
  }

  /** The names of attributes that a colleague changed while the panel was open. */
  get changed(): readonly string[] {
    return this.#changed;
  }

  load(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    const contacts = this.#host.data()?.contacts;
    this.#before = contacts?.document(this.#ref);
    this.#changed = [];
    this.#loading = { kind: 'loading' };
    const before = this.shown;
    this.#host.changed();
    contacts?.load(this.#ref, signal).then(
      ({ resource }) => {
        if (signal.aborted) return;
        if (before) this.#changed = changedAttributes(before.resource, resource);
        this.#end({ kind: 'loaded' });
      },
      (error: unknown) => {
        if (!isAbortError(error)) this.#note('load', error);
        if (!signal.aborted) this.#end({ kind: 'failed', error });
      },
    );
  }

  /** Checks for a colleague's changes when the panel is shown. */
  checkForChanges(): void {
    const now = this.#host.clock.monotonic();
    if (this.#loading.kind !== 'loaded' || now - this.#readAt < check.notWithin) return;
    if (now - this.#shownAt < check.every) return;
    const before = this.document;
    this.#shownAt = now;
    this.#abort = new AbortController();
    this.#host
      .data()
      ?.contacts.load(this.#ref, this.#abort.signal)
      .then(
        ({ resource }) => {
          this.#host.checked?.();
          const changed = before === undefined ? [] : changedAttributes(before.resource, resource);
          if (changed.length === 0) return;
          this.#changed = changed;
          this.#host.changed();
        },
        // The user did not request this check and the data on screen is still valid, so an error is not
        // shown; Save reads again.
        (error: unknown) => {
          if (!isAbortError(error)) this.#note('check', error);
        },
      );
  }

  /**
   * Stops a running check when a save begins, because the save reads and reports changes itself. A check that
   * ended after the save would show the saved values as a colleague's.
   */
  saving(): void {
    this.#changed = [];
    this.#abort.abort();
  }

  /** Follows the end of a save, which reads the contact, too. @param error the reason if the save failed as a whole */
  saved(error?: unknown): void {
    this.#readAt = this.#host.clock.monotonic();
    if (this.#loading.kind === 'loaded') return;
    this.#abort.abort();
    if (this.#host.data()?.contacts.document(this.#ref) !== this.#before) this.#end({ kind: 'loaded' });
    else if (error === undefined) this.load();
    else this.#end({ kind: 'failed', error });
  }

  dispose(): void {
    this.#abort.abort();
  }

  #end(loading: Loading): void {
    this.#loading = loading;
    if (loading.kind === 'loaded') this.#isGone = false;
    else if (loading.kind === 'failed') this.#isGone ||= ApiError.is(loading.error, 'notFound');
    this.#readAt = this.#host.clock.monotonic();
    if (loading.kind === 'loaded') this.#host.loaded();
    this.#host.changed();
  }

  #note(what: string, error: unknown): void {
    if (error instanceof ApiError) this.#host.log.warn(`${what} contact: ${error.message}`);
    else logUnexpected(this.#host.log, `${what} contact`, error);
  }
}
