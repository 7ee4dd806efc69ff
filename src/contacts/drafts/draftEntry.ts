import type { Clock } from '../../base/clock';
import type { Disposable } from '../../base/event';
import type { DraftKind } from './draftKind';

/**
 * Milliseconds from the last keystroke to the write, and the maximum from the first one. The write takes a
 * few more.
 */
const delay = { usual: 150, max: 300 } as const;

/** One draft in memory, and what this window knows of its content on the disk. */
export class DraftEntry<K, D extends object | undefined> {
  readonly key: K;
  /** The draft's name in the storage. */
  readonly name: string;
  draft: D;
  /** The last known content of the disk, from which this window and the others diverge. */
  stored: D | undefined;
  /** The lineage mark of that content: see `newLineage`. */
  lineage: string | undefined;
  /** The draft of a running or failed write, which may have reached the disk. */
  writing: D | undefined;
  #timer: Disposable | undefined;
  /** The time of the oldest change that is not written. */
  #waiting: number | undefined;

  constructor(key: K, name: string, draft: D, stored?: D, lineage?: string) {
    this.key = key;
    this.name = name;
    this.draft = draft;
    this.stored = stored;
    this.lineage = lineage;
  }

  /** True while a write is scheduled. */
  get isPending(): boolean {
    return this.#timer !== undefined;
  }

  /** Schedules a write soon after the last keystroke, and regularly during continuous typing. */
  schedule(clock: Clock, write: () => void): void {
    const now = clock.monotonic();
    this.#waiting ??= now;
    this.#timer?.dispose();
    const left = Math.min(delay.usual, this.#waiting + delay.max - now);
    this.#timer = clock.after(Math.max(0, left), write);
  }

  /** Schedules a write that can wait, such as after a failed one, unless one is scheduled already. */
  scheduleLate(clock: Clock, ms: number, write: () => void): void {
    this.#timer ??= clock.after(ms, write);
  }

  /** Stops the timer, because the window closes. `flush` still writes the draft. */
  stop(): void {
    this.#timer?.dispose();
  }

  /** Ends the schedule, because a write begins. */
  unschedule(): void {
    this.stop();
    this.#timer = undefined;
    this.#waiting = undefined;
  }

  /**
   * Joins the content of the disk into the draft.
   * @returns true if the draft changed
   */
  join({ same, join, format }: DraftKind<K, D>, theirs: D | undefined, lineage: string | undefined): boolean {
    const isSuccessor = lineage === this.lineage;
    this.lineage = lineage;
    // A write of ours reached the disk although it was reported as failed.
    if (this.writing !== undefined && same(theirs, this.writing)) this.stored = theirs;
    if (same(theirs, this.stored)) return false;
    const draft = join(isSuccessor ? this.stored : undefined, this.draft, theirs);
    this.stored = theirs && format(this.key, theirs) === undefined ? undefined : theirs;
    if (same(draft, this.draft)) return false;
    this.draft = draft;
    return true;
  }
}
