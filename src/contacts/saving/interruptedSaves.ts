/**
 * The saves that wait: for their time after a 429, or for the user's new session after a 401. Each keeps the
 * values from when the user selected Save.
 */
import type { ContactRef } from '../../api/contacts';
import { ApiError } from '../../api/http/errors';
import { Backoff } from '../../base/backoff';
import type { Clock } from '../../base/clock';
import type { Disposable } from '../../base/event';
import { keyOf } from '../model/contact';
import type { ContactSaveState } from './contactSaveState';
import type { ContactSaveRequest } from './saveContact';

export interface InterruptedSave {
  readonly ref: ContactRef;
  readonly request: ContactSaveRequest;
}

/** The waits and retries of a save, and of Apply, when the API limits the rate: the README names them. */
export const savePatience = { min: 1_000, max: 300_000, tries: 8 };

export class InterruptedSaves implements Disposable {
  readonly #saves = new Map<string, InterruptedSave>();
  readonly #timers = new Map<string, Disposable>();
  /** The backoff of each save that must wait, until the save ends. */
  readonly #backoffs = new Map<string, Backoff>();
  readonly #clock: Clock;
  #disposed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get all(): readonly InterruptedSave[] {
    return [...this.#saves.values()];
  }

  /**
   * Lets a save wait after a 429.
   * @returns the time when `resume` is called, in milliseconds since 1970; undefined if the save was refused
   * too often
   */
  wait({ ref }: InterruptedSave, retryAfter: number | undefined, resume: () => void): number | undefined {
    const backoff = this.#backoffs.get(keyOf(ref)) ?? new Backoff(savePatience, this.#clock);
    const ms = backoff.refused(retryAfter);
    if (ms === undefined) return undefined;
    this.#backoffs.set(keyOf(ref), backoff);
    // After a change of the account, only the same user may continue the save.
    if (!this.#disposed) this.#timers.set(keyOf(ref), this.#clock.after(ms, resume));
    return this.#clock.now() + ms;
  }

  /** Gives up waiting for the time of a save. */
  cancel(ref: ContactRef): void {
    this.#timers.get(keyOf(ref))?.dispose();
    this.#backoffs.delete(keyOf(ref));
  }

  /**
   * Follows the state of a save.
   * @param request the interrupted request, if the save waits
   */
  follow(ref: ContactRef, state: ContactSaveState, request: ContactSaveRequest | undefined): void {
    const waits =
      state.kind === 'waiting' || (state.kind === 'failed' && ApiError.is(state.error, 'unauthorised'));
    if (waits && request) this.#saves.set(keyOf(ref), { ref, request });
    else this.#saves.delete(keyOf(ref));
    // The backoff lasts for all attempts of one save.
    if (!['idle', 'saving', 'waiting'].includes(state.kind)) this.#backoffs.delete(keyOf(ref));
  }

  dispose(): void {
    this.#disposed = true;
    for (const timer of this.#timers.values()) timer.dispose();
  }
}
