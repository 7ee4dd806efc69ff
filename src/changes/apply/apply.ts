/**
 * Carries out a plan: four contacts at a time, each through the same save as a single contact. Sends only the values in
 * the plan, and only after the journal has recorded them.
 */
import { randomBytes } from 'node:crypto';
import { ApiError } from '../../api/http/errors';
import { isAbortError, pause } from '../../base/abort';
import { Backoff } from '../../base/backoff';
import { mapConcurrently } from '../../base/concurrency';
import type { Disposable } from '../../base/event';
import { type Logger, logUnexpected } from '../../base/log';
import type { Runtime } from '../../base/runtime';
import type { Attempt } from '../../contacts/saving/contactSaveState';
import type { Plan, PlanItem } from '../plan/plan';
import { Announcements } from './announcements';
import type { Journal, OpenBatch } from './journal';
import type { Batch, JournalItem, Source } from './journalRecord';
import type { JournalLock } from './journalStorage';
import { LikeFailures } from './likeFailures';
import type { ItemOutcome, StopReason } from './outcome';
import { outcomeOf } from './outcomeOf';
import type { Sender } from './sender';
import { verifyItems, verifyLocked } from './verify';

/** Limits for retries while the API rate-limits requests: waits in milliseconds, and the number of tries. */
const patience = { min: 1_000, max: 300_000, tries: 8 };
/** The milliseconds for which a check of the lock counts, because four contacts check it at the same time. */
const lockCheckLasts = 50;
/** The interval between progress reports in milliseconds. */
const beat = 50;

export interface ApplyProgress {
  /** One for each item of the plan, in the same order. */
  readonly outcomes: readonly ItemOutcome[];
  /** The number of items that have an outcome. */
  readonly done: number;
  /** The reason for a pause; `until` is in milliseconds since 1970. */
  readonly waiting?:
    | { readonly for: 'server'; readonly until: number }
    | { readonly for: 'session' }
    | undefined;
}

export interface ApplyResult {
  readonly outcomes: readonly ItemOutcome[];
  readonly stopped?: StopReason | undefined;
  /** Absent if nothing was started. */
  readonly batch?: Batch | undefined;
  /**
   * Resolves when the drafts on the disk are over, too, and another Apply can begin. Until then the journal alone records
   * the outcomes.
   */
  readonly finished: Promise<void>;
}

export interface ApplyContext {
  readonly sender: Sender;
  /** Waits until the same person has signed in again. @returns undefined if that does not happen */
  readonly awaitSession: (signal: AbortSignal) => Promise<Sender | undefined>;
  readonly journal: Journal;
  readonly runtime: Runtime;
  readonly source: Source;
  readonly undoes?: string | undefined;
  readonly onProgress?: (progress: ApplyProgress) => void;
}

/** @param signal stops Apply: contacts in progress are finished, and no other contact is started */
export async function applyPlan(
  plan: Plan,
  context: ApplyContext,
  signal: AbortSignal,
): Promise<ApplyResult> {
  const { journal, runtime, source, undoes } = context;
  const nothing = (stopped: StopReason): ApplyResult => ({
    outcomes: plan.items.map(() => pending),
    stopped,
    finished: Promise.resolve(),
  });
  let lock: JournalLock | undefined;
  let isFinishing = false;
  try {
    lock = await journal.lock();
    if (lock === undefined) return nothing('otherWindow');
    await journal.prune();
    await verifyLocked(journal, plan.origin, context.sender, signal);
    const batch: Batch = {
      id: randomBytes(16).toString('hex'),
      origin: plan.origin,
      at: new Date(runtime.clock.now()).toISOString(),
      source,
      undoes,
      items: plan.items.map(journalItem),
    };
    const open = await journal.begin(batch);
    const result = await new Run(plan, context, lock, open, signal).run();
    isFinishing = true;
    return result;
  } catch (error) {
    logUnexpected(runtime.log, 'apply changes', error);
    return nothing('disk');
  } finally {
    if (!isFinishing) await free(lock, runtime.log);
  }
}

const free = async (lock: JournalLock | undefined, log: Logger) =>
  lock?.free().catch((error: unknown) => logUnexpected(log, 'free the journal', error));

const pending: ItemOutcome = { kind: 'pending' };

function journalItem({ ref, title, changes, before }: PlanItem): JournalItem {
  const after = Object.fromEntries(changes.map((change) => [change.field, change.after]));
  return { ref, title, before, after, outcome: pending };
}

class Run {
  readonly #plan: Plan;
  readonly #context: ApplyContext;
  readonly #lock: JournalLock;
  readonly #open: OpenBatch;
  readonly #signal: AbortSignal;
  /** Aborts when nothing else may be sent: when the user cancels, or when Apply stops. Ends all waits. */
  readonly #over = new AbortController();
  readonly #backoff: Backoff;
  readonly #announcements: Announcements;
  readonly #likeFailures = new LikeFailures();
  readonly #done = new Set<number>();
  #sender: Sender;
  #lockCheckedAt = Number.NEGATIVE_INFINITY;
  #session: Promise<void> | undefined;
  #stopped: StopReason | undefined;
  #telling: Disposable | undefined;

  constructor(plan: Plan, context: ApplyContext, lock: JournalLock, open: OpenBatch, signal: AbortSignal) {
    this.#plan = plan;
    this.#context = context;
    this.#sender = context.sender;
    this.#lock = lock;
    this.#open = open;
    this.#signal = signal;
    const end = () => this.#over.abort();
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
    this.#backoff = new Backoff(patience, context.runtime.clock);
    this.#announcements = new Announcements(open, plan.items.length);
  }

  async run(): Promise<ApplyResult> {
    const { log } = this.#context.runtime;
    await mapConcurrently([...this.#plan.items.keys()], (n) => this.#carryOut(n));
    this.#tellNow();
    // An item that was announced and never sent cannot have arrived.
    for (let n = 0; n < this.#announcements.count; n++) if (!this.#done.has(n)) this.#open.note(n, pending);
    try {
      const found = await verifyItems(this.#open.batch.items, this.#sender, this.#signal);
      for (const [n, outcome] of found) this.#open.note(n, outcome);
      await this.#open.written();
    } catch (error) {
      logUnexpected(log, 'end applying changes', error);
    }
    const { batch } = this.#open;
    const stopped = this.#stopped ?? (this.#signal.aborted && this.#isLeft() ? 'cancelled' : undefined);
    const outcomes = batch.items.map(({ outcome }) => outcome);
    return { outcomes, stopped, batch, finished: this.#finish() };
  }

  /** The parts of the batch stay until the drafts are on the disk: see `verifyLocked`. */
  async #finish(): Promise<void> {
    const { log } = this.#context.runtime;
    try {
      await this.#sender.flush();
      if (await this.#lock.isHeld()) await this.#open.end();
    } catch (error) {
      logUnexpected(log, 'end applying changes', error);
    } finally {
      await free(this.#lock, log);
    }
  }

  #isLeft(): boolean {
    return this.#done.size < this.#plan.items.length;
  }

  get #isOver(): boolean {
    return this.#over.signal.aborted;
  }

  async #carryOut(n: number): Promise<void> {
    const item = this.#plan.items[n];
    while (item && !this.#isOver) {
      try {
        await this.#mayGoOn(n);
      } catch (error) {
        if (!isAbortError(error)) this.#stop('disk', error);
        return;
      }
      if (this.#isOver) return;
      const sender = this.#sender;
      const attempt = await this.#send(sender, item);
      if (attempt?.kind === 'failed' && (await this.#isRepeated(attempt.error, sender))) continue;
      this.#note(n, item, attempt);
      return;
    }
  }

  async #send(sender: Sender, { ref, request }: PlanItem): Promise<Attempt | undefined> {
    try {
      return await sender.send(ref, request);
    } catch (error) {
      // The save itself failed unexpectedly, so its result is unknown.
      return { kind: 'unknown', error };
    }
  }

  /** Waits for the server, the session and the journal. */
  async #mayGoOn(n: number): Promise<void> {
    while (!this.#isOver && (this.#backoff.left > 0 || this.#session)) {
      await this.#session;
      const { left } = this.#backoff;
      if (left > 0) this.#tellNow();
      await pause(left, this.#over.signal, this.#context.runtime.clock);
    }
    if (this.#isOver) return;
    await this.#announcements.announce(n);
    if (!(await this.#isHeld())) this.#stop('otherWindow');
  }

  async #isHeld(): Promise<boolean> {
    const now = this.#context.runtime.clock.monotonic();
    if (now - this.#lockCheckedAt < lockCheckLasts) return true;
    const isHeld = await this.#lock.isHeld();
    if (isHeld) this.#lockCheckedAt = now;
    return isHeld;
  }

  /** @returns true if the item was not carried out and must be sent again once the server or the person allows it */
  async #isRepeated(error: unknown, sender: Sender): Promise<boolean> {
    if (!(error instanceof ApiError)) return false;
    if (error.reason === 'unauthorised') {
      // A late answer to the ended session says nothing about the new one.
      if (sender === this.#sender) await this.#newSession();
      return true;
    }
    const waits = error.reason === 'rateLimited' || error.retryAfter !== undefined;
    if (!waits) return false;
    if (this.#backoff.refused(error.retryAfter) === undefined) this.#stop('wait');
    return true;
  }

  /** All items in progress share one sign-in. */
  #newSession(): Promise<void> {
    this.#session ??= this.#awaitSession();
    this.#tellNow();
    return this.#session;
  }

  async #awaitSession(): Promise<void> {
    const sender = await this.#context.awaitSession(this.#over.signal).catch((error: unknown) => {
      if (!isAbortError(error)) logUnexpected(this.#context.runtime.log, 'wait for a session', error);
      return undefined;
    });
    if (sender) this.#sender = sender;
    else if (!this.#isOver) this.#stop('session');
    this.#session = undefined;
    this.#tellSoon();
  }

  #note(n: number, item: PlanItem, attempt: Attempt | undefined): void {
    const { before, after } = this.#open.batch.items[n] ?? { before: {}, after: {} };
    const outcome: ItemOutcome = attempt
      ? outcomeOf(attempt, after, before)
      : { kind: 'refused', reason: 'busy', words: [] };
    const error = attempt && 'error' in attempt ? attempt.error : undefined;
    // After a 503, for example, the other requests in progress wait, too.
    if (error instanceof ApiError && error.retryAfter !== undefined) {
      if (this.#backoff.refused(error.retryAfter) === undefined) this.#stop('wait');
    } else this.#backoff.accepted();
    this.#done.add(n);
    this.#open.note(n, outcome);
    if (ApiError.is(error, 'forbidden')) this.#stop('forbidden');
    if (this.#likeFailures.add(outcome, item.request.edits)) this.#stop('likeFailures');
    this.#tellSoon();
  }

  #stop(reason: StopReason, error?: unknown): void {
    if (error !== undefined) logUnexpected(this.#context.runtime.log, 'apply changes', error);
    this.#stopped ??= reason;
    this.#over.abort();
  }

  /** Computed for each report, because items that were sent before a pause end during it and are reported, too. */
  get #waiting(): ApplyProgress['waiting'] {
    if (this.#isOver) return undefined;
    if (this.#session) return { for: 'session' };
    const { left } = this.#backoff;
    return left > 0 ? { for: 'server', until: this.#context.runtime.clock.now() + left } : undefined;
  }

  /** Reports outcomes together, because each report lists all items. */
  #tellSoon(): void {
    this.#telling ??= this.#context.runtime.clock.after(beat, () => this.#tellNow());
  }

  #tellNow(): void {
    this.#telling?.dispose();
    this.#telling = undefined;
    const outcomes = this.#open.batch.items.map(
      ({ outcome }, n): ItemOutcome => (outcome.kind === 'unknown' && !this.#done.has(n) ? pending : outcome),
    );
    this.#context.onProgress?.({ outcomes, done: this.#done.size, waiting: this.#waiting });
  }
}
