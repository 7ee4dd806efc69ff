/** One computer with several windows, one server and one colleague, and the faults between them. */
import type { AccountStores } from '../../src/contacts/accountStores';
import { MemoryMedium, RealMedium } from './computers/medium';
import { type Fault, type NetworkHost, networkOf, type Request } from './computers/network';
import { noise, Scheduler } from './computers/scheduler';
import { colleagueValue, Server, type ServerAnswer, type ServerManner } from './computers/server';
import { type DiskManner, SharedDisk } from './computers/sharedDisk';
import { draftTexts } from './draftTexts';
import { Ledger, type Press } from './ledger';
import { notePlaces, type Person, type Place, places } from './places';
import { Promises } from './promises';
import { Window } from './window';

/** The initial conditions of a sequence. */
export interface Manner {
  readonly seed: number;
  readonly disk: DiskManner;
  readonly server: ServerManner;
  readonly windows: 1 | 2 | 3;
  /** True if sessions identify their user. */
  readonly labels: boolean;
}

export type Slot = 'A' | 'B' | 'C';
const slots: readonly Slot[] = ['A', 'B', 'C'];

/**
 * The time to recover after drafts could not be stored, in milliseconds: a lock is left behind, or a disk is retried.
 */
const recovery = 9_000;

export class World implements NetworkHost {
  readonly manner: Manner;
  readonly scheduler: Scheduler;
  readonly disk: SharedDisk;
  readonly server: Server;
  readonly ledger = new Ledger();
  readonly promises: Promises;
  readonly faults: Fault[] = [];
  readonly endedTokens = new Set<string>();
  readonly windows = new Map<Slot, Window>();
  person: Person | undefined;
  /** The events of the sequence, one on each line, if the trace is requested. */
  readonly trace: string[] = [];
  isTracing = false;
  readonly #killed = new Map<string, (() => void)[]>();
  /** Actions that happen to a window after a number of disk operations. */
  readonly #armed = new Map<string, { left: number; readonly happens: () => void }>();
  #count = 0;

  constructor(manner: Manner, isOnRealDisk = false) {
    this.manner = manner;
    this.scheduler = new Scheduler(manner.seed);
    const medium = isOnRealDisk ? new RealMedium() : new MemoryMedium();
    this.disk = new SharedDisk(this.scheduler, manner.disk, medium);
    this.server = new Server(manner.server, () => this.scheduler.now);
    this.promises = new Promises(this);
    this.person = this.newPerson('Ann');
    this.disk.afterOperation = (owner) => this.#countOperation(owner);
    this.scheduler.afterEvent = (label) => {
      if (this.isTracing && label !== 'time passed') this.note(label);
      this.promises.check();
    };
  }

  async start(): Promise<void> {
    for (const slot of slots.slice(0, this.manner.windows)) this.open(slot);
    await this.scheduler.run(1_000);
  }

  note(text: string): void {
    if (this.isTracing) this.trace.push(`${(this.scheduler.now / 1000).toFixed(3)} ${text}`);
  }

  /** Returns a unique number, so that texts that contain it can be distinguished. */
  next(): number {
    return ++this.#count;
  }

  /** Returns the window in a slot. With fewer windows than slots, several slots share one window. */
  window(slot: Slot): Window | undefined {
    return this.windows.get(slots[slots.indexOf(slot) % this.manner.windows] ?? 'A');
  }

  /** Returns the window if its user can use it now. */
  usable(slot: Slot): Window | undefined {
    const window = this.window(slot);
    return window?.isOpen && window.isLoaded && !this.scheduler.isFrozen(window.name) ? window : undefined;
  }

  open(slot: Slot): void {
    const name = this.windows.has(slot) ? `${slot}${this.next()}` : slot;
    const { person } = this;
    const host = {
      disk: this.disk.of(name),
      clock: this.scheduler.clockOf(name),
      fetch: networkOf(name, this),
    };
    const window = new Window(name, host, person);
    this.windows.set(slot, window);
    window.onData = (data) => data && this.#follow(window, data);
    void window.start();
  }

  /** Kills the window's process between any two steps, and reopens the window immediately. */
  crash(slot: Slot): void {
    const window = this.window(slot);
    if (window === undefined) return;
    const { name } = window;
    this.note(`${name} crashes`);
    this.ledger.crashed(name[0] ?? slot, this.scheduler.now);
    const torn = noise(this.manner.seed, name, this.next()) < 0.5;
    this.scheduler.kill(name);
    this.disk.leave(name, torn);
    window.close();
    for (const listener of this.#killed.get(name) ?? []) listener();
    this.#killed.delete(name);
    this.#armed.delete(name);
    this.disturb(0);
    this.#forgetUnlessStored(window);
    for (const [at, one] of this.windows) if (one === window) this.open(at);
  }

  /** Records that drafts cannot be stored for this time. */
  disturb(ms: number): void {
    const until = this.scheduler.now + ms + recovery;
    this.ledger.disturbedUntil = Math.max(this.ledger.disturbedUntil, until);
  }

  /** Makes the disk refuse writes or reads for this time. */
  refuseDisk(what: 'writing' | 'reading', ms: number): void {
    const until = this.scheduler.now + ms;
    if (what === 'writing') this.disk.fullUntil = until;
    else this.disk.unreadableUntil = until;
    this.disturb(ms);
    this.#uncalm(() => true);
  }

  /** Suspends or kills a window after this number of further disk operations. */
  arm(slot: Slot, operations: number, happens: () => void): void {
    const window = this.window(slot);
    if (window === undefined) return;
    if (operations === 0) happens();
    else this.#armed.set(window.name, { left: operations, happens });
  }

  freeze(slot: Slot, ms: number): void {
    const window = this.window(slot);
    if (window === undefined) return;
    this.note(`${window.name} stands still for ${ms} ms`);
    this.disturb(ms);
    this.scheduler.freeze(window.name, ms);
  }

  /** Changes a field of the contact, or the notes of the existing interaction, as the colleague. */
  colleague(place: Exclude<Place, 'newNotes'>): void {
    const value = colleagueValue(place, this.next());
    this.note(`the colleague sets ${place} to ${value}`);
    if (place === 'oldNotes') this.server.change('7', 'notes', value);
    else this.server.change('contact', place, value);
    this.#uncalm(() => true);
  }

  newPerson(who: string): Person {
    return { who, token: `${who}-${this.next()}`, label: this.manner.labels ? who : undefined };
  }

  signIn(person: Person | undefined): void {
    this.note(person ? `${person.who} signs in` : 'signs out');
    this.person = person;
    this.#uncalm(() => true);
    for (const window of this.windows.values())
      this.scheduler.at(window.name, this.scheduler.latency(window.name, 0, 20), 'hears of the session', () =>
        window.signIn(person),
      );
  }

  /** Ends a session on the server. Windows notice at their next request. */
  endSession({ token }: Person): void {
    this.endedTokens.add(token);
    this.#uncalm(() => true);
  }

  /** Replaces or removes a draft's file as another program. Texts that no window has in memory are lost with it. */
  outside(place: Place, text: string | undefined): void {
    const [window] = this.windows.values();
    if (window === undefined) return;
    const path = window.pathOf(place);
    const before = this.disk.files.get(path);
    if (before !== undefined) this.promises.aside.delete(before);
    if (text === undefined) this.disk.delete(path);
    else {
      // The program takes over the lock from a window that is suspended during a write.
      for (const making of [...this.disk.files.keys()])
        if (making.startsWith(`${path}.`) && /\.[0-9a-f]{32}$/.test(making)) this.disk.delete(making);
      this.disk.put(path, text);
      this.promises.aside.add(text);
    }
    this.disturb(0);
    this.#forgetUnlessStored(undefined);
  }

  /** Returns true if the server and the disk are available to a window. */
  isWell(window: Window): boolean {
    if (Math.max(this.disk.fullUntil, this.disk.unreadableUntil) > this.scheduler.now) return false;
    const isEnded = window.person === undefined || this.endedTokens.has(window.person.token);
    return this.faults.length === 0 && window.canAsk && !isEnded;
  }

  press(window: Window, place: Press['place'], values: Press['values'], isCalm: boolean): void {
    const { person } = window;
    const others = this.ledger
      .presses()
      .some(([name, press]) => name !== window.name && press.place === place);
    this.#uncalm((name) => name !== window.name);
    const press = { place, person, at: this.scheduler.now, values, isCalm: isCalm && !others };
    this.ledger.press(window.name, press);
  }

  onKilled(window: string, listener: () => void): void {
    this.#killed.set(window, [...(this.#killed.get(window) ?? []), listener]);
  }

  sent(request: Request): void {
    if (this.isTracing)
      this.note(
        `${request.window} sends ${request.method} #${request.id} ${JSON.stringify(request.attributes ?? '')}`,
      );
    this.promises.sent(request);
  }

  met({ window }: Request): void {
    this.#uncalm((name) => name === window);
  }

  carriedOut(request: Request, change: () => ServerAnswer): ServerAnswer {
    this.#uncalm((name) => name !== request.window);
    return this.promises.carriedOut(request, change);
  }

  end(): void {
    for (const window of this.windows.values()) {
      this.scheduler.kill(window.name);
      window.close();
      for (const listener of this.#killed.get(window.name) ?? []) listener();
    }
    this.disk.dispose();
  }

  #uncalm(isMeant: (window: string) => boolean): void {
    for (const [window, press] of this.ledger.presses()) if (isMeant(window)) press.isCalm = false;
  }

  #follow(window: Window, data: AccountStores): void {
    data.saves.onDidChange(() => window.isOpen && this.promises.said(window, data));
    for (const place of notePlaces)
      data.interactionSaves.onDidChange(
        () => window.isOpen && this.promises.saidOfNotes(window, data, place),
      );
  }

  #countOperation(owner: string): void {
    const armed = this.#armed.get(owner);
    if (armed === undefined || --armed.left > 0) return;
    this.#armed.delete(owner);
    armed.happens();
  }

  /** Forgets recent texts that existed only in memory. The promise `stored` is checked separately. */
  #forgetUnlessStored(crashed: Window | undefined): void {
    const stored = draftTexts(this.disk);
    const open = [...this.windows.values()].filter(({ isOpen }) => isOpen);
    for (const typed of this.ledger.live) {
      const { place, value, handedTo } = typed;
      const isHeld = open.some((other) => other.texts(place).includes(value)) || stored.has(place, value);
      if (!isHeld || (crashed && handedTo === crashed.name)) this.ledger.live.delete(typed);
    }
    for (const place of places) if (crashed) this.ledger.forgetUnstored(crashed.name, place);
  }
}
