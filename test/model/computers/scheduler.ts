/**
 * Virtual time. Every file operation, request, answer and timer is one event here. The test releases the events one at
 * a time, so that the same seed gives the same order on every machine.
 */
import type { Clock } from '../../../src/base/clock';
import type { Disposable } from '../../../src/base/event';

interface Event {
  /** The window whose process carries the event out. Undefined for the server and the file system. */
  readonly owner: string | undefined;
  readonly label: string;
  readonly run: () => unknown;
  readonly due: number;
  readonly order: number;
}

/** The wall-clock time at the start of a sequence. */
const start = Date.UTC(2026, 0, 5, 9);

export class Scheduler {
  /** Virtual time since the start of the sequence, in milliseconds. */
  now = 0;
  /** The offset of the wall clock after changes by users and NTP, in milliseconds. */
  wallOffset = 0;
  /** Called after each event, once all promises that it settled have run. */
  afterEvent: (label: string) => void = () => undefined;
  readonly #seed: number;
  readonly #events = new Set<Event>();
  readonly #frozen = new Map<string, number>();
  readonly #drawn = new Map<string, number>();
  readonly #dead = new Set<string>();
  #order = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  wall(): number {
    return start + this.now + this.wallOffset;
  }

  /** Schedules an event. Events of a process that was killed never happen. */
  at(owner: string | undefined, ms: number, label: string, run: () => unknown): Disposable {
    if (owner !== undefined && this.#dead.has(owner)) return { dispose: () => undefined };
    const event = { owner, label, run, due: this.now + Math.max(0, ms), order: this.#order++ };
    this.#events.add(event);
    return { dispose: () => void this.#events.delete(event) };
  }

  /**
   * Returns a delay in milliseconds that depends on the seed, the owner and the number of earlier delays of that owner.
   */
  latency(owner: string, least: number, most: number): number {
    const count = (this.#drawn.get(owner) ?? 0) + 1;
    this.#drawn.set(owner, count);
    return least + Math.floor(noise(this.#seed, owner, count) * (most - least + 1));
  }

  /** Suspends the process of a window: its events are postponed until then. */
  freeze(owner: string, ms: number): void {
    this.#frozen.set(owner, Math.max(this.now + ms, this.#frozen.get(owner) ?? 0));
  }

  isFrozen(owner: string): boolean {
    return (this.#frozen.get(owner) ?? 0) > this.now;
  }

  /** Kills the process of a window. */
  kill(owner: string): void {
    for (const event of [...this.#events]) if (event.owner === owner) this.#events.delete(event);
    this.#frozen.delete(owner);
    this.#dead.add(owner);
  }

  isDead(owner: string): boolean {
    return this.#dead.has(owner);
  }

  /** Advances the time by this number of milliseconds, and runs all events that are due. */
  async run(ms: number): Promise<void> {
    const end = this.now + ms;
    await settle();
    for (;;) {
      const next = this.#next();
      if (next === undefined || this.#dueOf(next) > end) break;
      this.now = Math.max(this.now, this.#dueOf(next));
      this.#events.delete(next);
      // Work on a real disk takes no virtual time.
      const working = next.run();
      if (working instanceof Promise) await working;
      await settle();
      this.afterEvent(next.label);
    }
    this.now = end;
    this.afterEvent('time passed');
  }

  clockOf(owner: string): Clock {
    // Each process has a monotonic clock with its own start.
    const begun = this.now - 1_000 * (owner.charCodeAt(0) % 7);
    return {
      now: () => this.wall(),
      monotonic: () => this.now - begun,
      after: (ms, callback) => this.at(owner, ms, 'timer', callback),
    };
  }

  #dueOf({ owner, due }: Event): number {
    return owner === undefined ? due : Math.max(due, this.#frozen.get(owner) ?? 0);
  }

  #next(): Event | undefined {
    let first: Event | undefined;
    for (const event of this.#events) {
      if (first === undefined) first = event;
      else {
        const [due, other] = [this.#dueOf(event), this.#dueOf(first)];
        if (due < other || (due === other && event.order < first.order)) first = event;
      }
    }
    return first;
  }
}

/** Runs all promise callbacks that can run. The others wait for events of the scheduler. */
const settle = () => new Promise<void>((resolve) => realImmediate(resolve));
const realImmediate = setImmediate;

/** Returns a pseudorandom number from 0 to 1 that depends on the arguments alone. */
export function noise(seed: number, name: string, count: number): number {
  let hash = seed ^ Math.imul(count, 0x9e3779b1);
  for (const letter of name) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}
