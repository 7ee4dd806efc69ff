/**
 * Carries out a plan: four contacts at a time, each through the same save as a single contact. Sends only the values in
 * the plan, and only after the journal has recorded them.
 */
import { randomBytes } from 'node:crypto';
import { asksToWait } from '../../api/http/errors';
import { isAbortError } from '../../base/abort';
import { Backoff } from '../../base/backoff';
import { mapConcurrently } from '../../base/concurrency';
import type { Disposable } from '../../base/event';
import { type Logger, logUnexpected } from '../../base/log';
import type { Attempt } from '../../contacts/saving/contactSaveState';
import { savePatience } from '../../contacts/saving/interruptedSaves';
import { PatientReads } from '../../contacts/saving/patientReads';
import type { Plan, PlanItem } from '../plan/plan';
import { Announcements } from './announcements';
import type { Journal, OpenBatch } from './journal';
import type { Batch, JournalItem, Source } from './journalRecord';
import type { JournalLock } from './journalStorage';
import { LikeFailures } from './likeFailures';
import type { ItemOutcome, StopReason } from './outcome';
import { outcomeOf, refusal } from './outcomeOf';
import type { Sender } from './sender';
import { SendGate, type SendGateOptions, type Waiting } from './sendGate';
import { verifyItems, verifyLocked } from './verify';

/** The milliseconds for which a check of the lock counts, because four contacts check it at the same time. */
const lockCheckLasts = 50;
/** The interval between progress reports in milliseconds. */
const beat = 50;

export interface ApplyProgress {
  /** One for each item of the plan, in the same order. */
  readonly outcomes: readonly ItemOutcome[];
  /** The number of items that have an outcome. */
  readonly done: number;
  /** The reason for a pause. */
  readonly waiting?: Waiting | undefined;
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

export interface ApplyContext extends Pick<SendGateOptions, 'sender' | 'awaitSession' | 'runtime'> {
  readonly journal: Journal;
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
    await verifyLocked(journal, plan.origin, context.sender, readsBefore(plan, context, signal));
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

/** Reads what an earlier Apply left unknown, and shows a wait as a pause of this one. */
function readsBefore(plan: Plan, { runtime, onProgress }: ApplyContext, signal: AbortSignal): PatientReads {
  const { clock } = runtime;
  const backoff = new Backoff(savePatience, clock);
  const outcomes = plan.items.map(() => pending);
  const onPause = () =>
    onProgress?.({ outcomes, done: 0, waiting: { for: 'server', until: clock.now() + backoff.left } });
  return new PatientReads({ clock, signal, backoff, onPause });
}

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
  readonly #gate: SendGate;
  readonly #announcements: Announcements;
  readonly #likeFailures = new LikeFailures();
  readonly #done = new Set<number>();
  /** The failures of items that may have arrived. */
  readonly #lost = new Map<number, unknown>();
  #lockCheckedAt = Number.NEGATIVE_INFINITY;
  #telling: Disposable | undefined;

  constructor(plan: Plan, context: ApplyContext, lock: JournalLock, open: OpenBatch, signal: AbortSignal) {
    this.#plan = plan;
    this.#context = context;
    this.#lock = lock;
    this.#open = open;
    this.#signal = signal;
    this.#gate = new SendGate({ ...context, signal, onPause: () => this.#tellNow() });
    this.#announcements = new Announcements(open, plan.items.length);
  }

  async run(): Promise<ApplyResult> {
    const { log } = this.#context.runtime;
    await mapConcurrently([...this.#plan.items.keys()], (n) => this.#carryOut(n));
    this.#tellNow();
    // An item that was announced and never sent cannot have arrived.
    for (let n = 0; n < this.#announcements.count; n++) if (!this.#done.has(n)) this.#open.note(n, pending);
    try {
      const found = await verifyItems(this.#open.batch.items, this.#gate.sender, this.#gate.reads);
      for (const [n, outcome] of found) this.#open.note(n, this.#afterReading(n, outcome));
      await this.#open.written();
    } catch (error) {
      logUnexpected(log, 'end applying changes', error);
    }
    const { batch } = this.#open;
    const stopped = this.#gate.stopped ?? (this.#signal.aborted && this.#isLeft() ? 'cancelled' : undefined);
    const outcomes = batch.items.map(({ outcome }) => outcome);
    return { outcomes, stopped, batch, finished: this.#finish() };
  }

  /** The parts of the batch stay until the drafts are on the disk: see `verifyLocked`. */
  async #finish(): Promise<void> {
    const { log } = this.#context.runtime;
    try {
      await this.#gate.sender.flush();
      if (await this.#lock.isHeld()) await this.#open.end();
    } catch (error) {
      logUnexpected(log, 'end applying changes', error);
    } finally {
      await free(this.#lock, log);
    }
  }

  /** An item that was sent and did not arrive was not saved, for the reason of its failure. */
  #afterReading(n: number, found: ItemOutcome): ItemOutcome {
    return found.kind === 'pending' && this.#lost.has(n) ? refusal(this.#lost.get(n)) : found;
  }

  #isLeft(): boolean {
    return this.#done.size < this.#plan.items.length;
  }

  async #carryOut(n: number): Promise<void> {
    const item = this.#plan.items[n];
    while (item && !this.#gate.isOver) {
      try {
        await this.#announcements.announce(n);
        // A pause may begin while the lock is read, and the lock may be lost during a pause.
        do {
          await this.#gate.pass();
          if (!(await this.#isHeld())) this.#gate.stop('otherWindow');
        } while (this.#gate.waiting);
      } catch (error) {
        if (!isAbortError(error)) this.#gate.stop('disk', error);
      }
      const { sender } = this.#gate;
      // The user may have discarded the draft since, for example during a pause.
      if (this.#gate.isOver || sender.isGivenUp(item.ref, item.request.edits)) return;
      const attempt = await this.#send(sender, item);
      if (attempt?.kind === 'failed' && (await this.#gate.isRepeated(attempt.error, sender))) continue;
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

  async #isHeld(): Promise<boolean> {
    const now = this.#context.runtime.clock.monotonic();
    if (now - this.#lockCheckedAt < lockCheckLasts) return true;
    const isHeld = await this.#lock.isHeld();
    if (isHeld) this.#lockCheckedAt = now;
    return isHeld;
  }

  #note(n: number, item: PlanItem, attempt: Attempt | undefined): void {
    const { before, after } = this.#open.batch.items[n] ?? { before: {}, after: {} };
    const outcome: ItemOutcome = attempt
      ? outcomeOf(attempt, after, before)
      : { kind: 'refused', reason: 'busy', words: [] };
    const error = attempt && 'error' in attempt ? attempt.error : undefined;
    if (outcome.kind === 'unknown') this.#lost.set(n, error);
    this.#gate.noteEnd(error);
    this.#done.add(n);
    this.#open.note(n, outcome);
    // The gate decides how long to wait for a server that asks for it.
    if (!asksToWait(error) && this.#likeFailures.add(outcome, item.request.edits))
      this.#gate.stop('likeFailures');
    this.#tellSoon();
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
    this.#context.onProgress?.({ outcomes, done: this.#done.size, waiting: this.#gate.waiting });
  }
}
