/**
 * Marks on the disk show which window is sending a new interaction, so that at most one window sends it. No
 * mark expires by its age: clocks jump, computers sleep, and windows are suspended.
 */
import { randomUUID } from 'node:crypto';
import { pause } from '../../../base/abort';
import type { Clock } from '../../../base/clock';
import type { Disposable } from '../../../base/event';
import {
  type InteractionDraft,
  type InteractionDraftKey,
  interactionKeyText,
  type Sent,
} from '../../drafts/interactionDraft';
import type { InteractionDraftStore } from '../../drafts/interactionDraftStore';

/** The maximum milliseconds of sending, including a renewal of the session. */
const maxSendingTime = 45_000;

/** `elsewhere`: another window is sending or has sent it. `refused`: the disk did not store the mark. */
export type Marked = ({ readonly kind: 'ours' } & Attempt) | { readonly kind: 'elsewhere' | 'refused' };

/** Identifies a form: only one window at a time has the right to send it. */
type Right = string;

/** One attempt to send a new interaction. */
export interface Attempt {
  readonly right: Right;
  readonly sent: Sent;
}

/** The session ended in the meantime, and the next user did not request this. */
export class AccountGone extends Error {
  override readonly name = 'AccountGone';
}

/** Thrown if another window has the right to send, or if the draft was discarded: nothing was sent. */
export class RightLost extends Error {
  override readonly name = 'RightLost';
}

export class SendingMarks implements Disposable {
  readonly #drafts: InteractionDraftStore;
  readonly #clock: Clock;
  readonly #disposed = new AbortController();
  /** The monotonic time when this window first saw each mark. */
  readonly #seen = new Map<string, { readonly mark: string; readonly at: number }>();
  /** The rights that this window has claimed and not released. */
  readonly #claimed = new Set<string>();
  readonly #subscription: Disposable;

  constructor(drafts: InteractionDraftStore, clock: Clock) {
    this.#drafts = drafts;
    this.#clock = clock;
    for (const { key } of drafts.all()) this.#see(key);
    this.#subscription = drafts.onDidChange((key) => this.#see(key));
  }

  /**
   * Marks a draft as being sent. `ours` means that the mark is on the disk and that no other window sends the
   * same draft; only then may this window send it.
   * @param before the contact's existing interactions, by type and ID
   * @param isUnmarked continues if the disk refuses the mark, unless the disk shows that another window is
   * sending
   */
  async begin(
    key: InteractionDraftKey,
    draft: InteractionDraft,
    before: readonly string[] | undefined,
    isUnmarked: boolean,
  ): Promise<Marked> {
    const sent: Sent = { values: draft.values, attempt: randomUUID(), since: this.#clock.now(), before };
    this.#drafts.set(key, { ...(this.#drafts.get(key) ?? draft), sent });
    await this.#drafts.flush();
    // The disk had another window's mark, which replaced ours.
    if (!this.isCurrent(key, sent)) return { kind: 'elsewhere' };
    const stored = await this.#drafts.stored(key).catch(() => undefined);
    if (stored?.sent && !isSameMark(stored.sent, sent)) {
      this.#set(key, stored.sent);
      return { kind: 'elsewhere' };
    }
    const right = rightTo(this.#drafts.get(key) ?? draft);
    // A window that was suspended during its write may replace a later mark, so the claim decides.
    const isClaimed = await this.#claim(key, right, sent);
    if (isClaimed === false) {
      this.#set(key, over(sent));
      return { kind: 'elsewhere' };
    }
    if (!isUnmarked && (isClaimed === undefined || stored?.sent === undefined)) {
      if (isClaimed) await this.#release(key, right);
      if (this.isCurrent(key, sent)) this.#set(key, undefined);
      return { kind: 'refused' };
    }
    return { kind: 'ours', sent, right };
  }

  /**
   * Confirms the right just before the request is sent. Other windows may have given up a window that was
   * suspended after its claim: they wait for `maxSendingTime`, search, and send the draft themselves. No file
   * system can tie this check to the request: a window that is suspended between the two for longer than that
   * sends a second interaction, and so does one whose request takes longer.
   * @param isUnmarked continues if the disk fails, unless this window knows better
   * @throws RightLost, AccountGone
   */
  async confirm(key: InteractionDraftKey, { right, sent }: Attempt, isUnmarked: boolean): Promise<void> {
    const mark = (await this.#drafts.stored(key).catch(() => undefined))?.sent;
    const isMarked = mark === undefined ? isUnmarked : isSameMark(mark, sent);
    const isUnclaimed = isUnmarked && !this.#claimed.has(nameOf(key, right));
    const isHeld =
      isUnclaimed || (await this.#drafts.holds(key, right, sent.attempt ?? '').catch(() => isUnmarked));
    if (this.#disposed.signal.aborted) throw new AccountGone();
    if (isMarked && isHeld) return;
    if (this.isCurrent(key, sent)) this.#set(key, over(sent));
    throw new RightLost();
  }

  /** Ends the sending with an unknown outcome: the interaction may exist. */
  leave(key: InteractionDraftKey, right: Right, sent: Sent): void {
    if (this.isCurrent(key, sent)) this.#set(key, over(sent));
    else this.settle(key, right);
  }

  /** Ends the sending without effect: the draft may be sent again. */
  async withdraw(key: InteractionDraftKey, right: Right, sent: Sent): Promise<void> {
    if (this.isCurrent(key, sent)) this.#set(key, undefined);
    await this.#drafts.flush();
    await this.#release(key, right);
  }

  /** Ends the claim after a delay, because a suspended window may wake and try to send the same draft. */
  settle(key: InteractionDraftKey, right: Right): void {
    const timer = this.#clock.after(maxSendingTime, () => void this.#release(key, right));
    this.#disposed.signal.addEventListener('abort', () => timer.dispose(), { once: true });
  }

  /** Returns true if the draft has this mark and not that of another attempt. */
  isCurrent(key: InteractionDraftKey, sent: Sent): boolean {
    const now = this.#drafts.get(key)?.sent;
    return now !== undefined && isSameMark(now, sent);
  }

  /** Returns true if the disk has the mark of another attempt, which this window may not have read yet. */
  async isOvertaken(key: InteractionDraftKey, sent: Sent): Promise<boolean> {
    const stored = await this.#drafts.stored(key).catch(() => undefined);
    return stored?.sent !== undefined && !isSameMark(stored.sent, sent);
  }

  /**
   * Waits while another window is sending. A search before the end would miss the interaction, and it would
   * be sent again.
   * @param waiting called once if a wait is necessary
   * @throws an `AbortError` at the end of the session
   */
  async whenOver(key: InteractionDraftKey, waiting: () => void): Promise<InteractionDraft | undefined> {
    for (let round = 0; ; round++) {
      const draft = this.#drafts.get(key);
      if (draft?.sent?.since === undefined) return draft;
      const at = this.#see(key);
      if (this.#clock.monotonic() - at > maxSendingTime) return draft;
      if (round === 0) waiting();
      await pause(100, this.#disposed.signal, this.#clock);
    }
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#disposed.abort();
  }

  /** @returns the monotonic time when this window first saw the draft's current mark */
  #see(key: InteractionDraftKey): number {
    const name = interactionKeyText(key);
    const now = this.#clock.monotonic();
    const sent = this.#drafts.get(key)?.sent;
    if (sent?.since === undefined) {
      this.#seen.delete(name);
      return now;
    }
    const seen = this.#seen.get(name);
    const mark = markOf(sent);
    if (seen?.mark === mark) return seen.at;
    this.#seen.set(name, { mark, at: now });
    return now;
  }

  /** Changes the mark, unless the draft was discarded in the meantime. */
  #set(key: InteractionDraftKey, sent: Sent | undefined): void {
    const now = this.#drafts.get(key);
    if (now) this.#drafts.set(key, { ...now, sent });
  }

  /** @returns undefined if the disk fails */
  async #claim(key: InteractionDraftKey, right: Right, sent: Sent): Promise<boolean | undefined> {
    const isClaimed = await this.#drafts.claim(key, right, sent.attempt ?? '').catch(() => undefined);
    if (isClaimed) this.#claimed.add(nameOf(key, right));
    return isClaimed;
  }

  #release(key: InteractionDraftKey, right: Right): Promise<void> {
    this.#claimed.delete(nameOf(key, right));
    return this.#drafts.release(key, right).catch(() => undefined);
  }
}

/** Older versions stored no `form`, but the time when the draft began. */
export const rightTo = ({ form, base }: InteractionDraft): Right =>
  form ?? JSON.stringify(Object.entries(base).toSorted());

const nameOf = (key: InteractionDraftKey, right: Right) => JSON.stringify([interactionKeyText(key), right]);

const over = ({ values, attempt, before }: Sent): Sent => ({ values, attempt, before });

/** Older versions stored no attempt. */
const markOf = ({ attempt, since, values }: Sent) =>
  attempt ?? JSON.stringify([since, Object.entries(values).toSorted()]);
const isSameMark = (one: Sent, other: Sent) => markOf(one) === markOf(other);
