/**
 * Decides whether an Apply may send another contact. Makes contacts wait for the server and for a new session, and
 * ends all waits when Apply stops.
 */
import { ApiError, asksToWait } from '../../api/http/errors';
import { isAbortError, pause } from '../../base/abort';
import { Backoff } from '../../base/backoff';
import { logUnexpected } from '../../base/log';
import type { Runtime } from '../../base/runtime';
import { savePatience } from '../../contacts/saving/interruptedSaves';
import { PatientReads } from '../../contacts/saving/patientReads';
import type { StopReason } from './outcome';
import type { Sender } from './sender';

/** The reason for a pause; `until` is in milliseconds since 1970. */
export type Waiting = { readonly for: 'server'; readonly until: number } | { readonly for: 'session' };

export interface SendGateOptions {
  readonly sender: Sender;
  /** Waits until the same person has signed in again. @returns undefined if that does not happen */
  readonly awaitSession: (signal: AbortSignal) => Promise<Sender | undefined>;
  readonly runtime: Runtime;
  /** Called when a pause begins or ends. */
  readonly onPause: () => void;
  /** The user's cancellation. */
  readonly signal: AbortSignal;
}

export class SendGate {
  readonly #options: SendGateOptions;
  readonly #backoff: Backoff;
  /** Aborts when nothing else may be sent: when the user cancels, or when Apply stops. */
  readonly #over = new AbortController();
  #sender: Sender;
  #session: Promise<void> | undefined;
  #stopped: StopReason | undefined;

  constructor(options: SendGateOptions) {
    this.#options = options;
    this.#sender = options.sender;
    this.#backoff = new Backoff(savePatience, options.runtime.clock);
    const end = () => this.#over.abort();
    if (options.signal.aborted) end();
    else options.signal.addEventListener('abort', end, { once: true });
  }

  /** Sends in the current session. */
  get sender(): Sender {
    return this.#sender;
  }

  get isOver(): boolean {
    return this.#over.signal.aborted;
  }

  /** The reason why Apply stopped by itself; absent if the user cancelled or all contacts were sent. */
  get stopped(): StopReason | undefined {
    return this.#stopped;
  }

  /** Computed for each report, because contacts that were sent before a pause end during it and are reported, too. */
  get waiting(): Waiting | undefined {
    if (this.isOver) return undefined;
    if (this.#session) return { for: 'session' };
    const { left } = this.#backoff;
    return left > 0 ? { for: 'server', until: this.#options.runtime.clock.now() + left } : undefined;
  }

  /** Reads contacts that were sent, also after Apply stopped by itself. They wait with those that are sent. */
  get reads(): PatientReads {
    const { runtime, signal, onPause } = this.#options;
    return new PatientReads({ clock: runtime.clock, signal, backoff: this.#backoff, onPause });
  }

  /** Sends nothing else. The first reason counts. */
  stop(reason: StopReason, error?: unknown): void {
    if (error !== undefined) logUnexpected(this.#options.runtime.log, 'apply changes', error);
    this.#stopped ??= reason;
    this.#over.abort();
  }

  /** Waits for the server and the session. @throws `AbortError` when nothing else may be sent */
  async pass(): Promise<void> {
    while (!this.isOver && this.waiting) {
      await this.#session;
      const { left } = this.#backoff;
      if (left > 0) this.#options.onPause();
      await pause(left, this.#over.signal, this.#options.runtime.clock);
    }
    this.#over.signal.throwIfAborted();
  }

  /**
   * Notes a failed request.
   * @param sender the sender of the request
   * @returns true if the contact was not saved and must be sent again after `pass`
   */
  async isRepeated(error: unknown, sender: Sender): Promise<boolean> {
    if (!(error instanceof ApiError)) return false;
    if (error.reason === 'unauthorised') {
      // A late answer to the ended session says nothing about the new one.
      if (sender === this.#sender) await this.#newSession();
      return true;
    }
    if (!asksToWait(error)) return false;
    this.#refused(error.retryAfter);
    return true;
  }

  /** Notes the end of a contact. After a 503, for example, the other requests in progress wait, too. */
  noteEnd(error: unknown): void {
    if (error instanceof ApiError && error.retryAfter !== undefined) this.#refused(error.retryAfter);
    else this.#backoff.accepted();
    if (ApiError.is(error, 'forbidden')) this.stop('forbidden');
  }

  #refused(retryAfter: number | undefined): void {
    if (this.#backoff.refused(retryAfter) === undefined) this.stop('wait');
  }

  /** All contacts in progress share one sign-in. */
  #newSession(): Promise<void> {
    this.#session ??= this.#awaitSession();
    this.#options.onPause();
    return this.#session;
  }

  async #awaitSession(): Promise<void> {
    const { awaitSession, runtime, onPause } = this.#options;
    const sender = await awaitSession(this.#over.signal).catch((error: unknown) => {
      if (!isAbortError(error)) logUnexpected(runtime.log, 'wait for a session', error);
      return undefined;
    });
    if (sender) this.#sender = sender;
    else if (!this.isOver) this.stop('session');
    this.#session = undefined;
    onPause();
  }
}
