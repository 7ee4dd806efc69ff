/**
 * The promises of the product, checked after every step:
 * - `kept`: every typed text is on screen, on the disk, on the server or handed back complete
 * - `stored`: it is on the disk soon after the keystroke
 * - `theirs`: no value of a colleague is lost before a user has seen it, and unedited attributes never change
 * - `once`: no interaction is logged twice
 * - `asked`: only values from the time when a user pressed Save or Log are sent, and only for that user
 * - `true`: the reported result of a save is correct; `calm`: nothing fails without a fault
 * - `few`: requests never loop
 */
import { isDeepStrictEqual } from 'node:util';
import type { AccountStores } from '../../src/contacts/accountStores';
import { BrokenPromise } from './brokenPromise';
import type { Request } from './computers/network';
import { contactPath, type ServerAnswer } from './computers/server';
import { draftTexts } from './draftTexts';
import { isText, type Typed } from './ledger';
import { isNote, type NotePlace, type Place, places, ref } from './places';
import { checkForeign, saidOfContact, saidOfInteraction } from './truth';
import type { Window } from './window';
import type { World } from './world';

/** The time from a keystroke to the disk in milliseconds, and the requests of one window within a second. */
const limits = { stored: 900, requests: 25 } as const;

export class Promises {
  readonly #world: World;
  /** The first promise that broke inside the product's own calls, which is thrown at the next check. */
  #broken: BrokenPromise | undefined;
  /** The objects that the last check examined. */
  #seen: readonly unknown[] = [];
  readonly #requests = new Map<string, number[]>();
  /** The time when a window last read a record of the server. */
  readonly #read = new Map<string, number>();
  /** The time when the window had read the record that it replaces, by the number of the request. */
  readonly #readBefore = new Map<number, number>();
  readonly #logged = new Map<string, number>();
  /** Texts of unreadable files, which must be kept even if the file is renamed. */
  readonly aside = new Set<string>();

  constructor(world: World) {
    this.#world = world;
  }

  check(): void {
    if (this.#broken !== undefined) throw this.#broken;
    this.#checkStored();
    if (!this.#isNews()) return;
    for (const typed of this.#world.ledger.live) this.#checkKept(typed);
    this.#checkAside();
    for (const window of this.#open()) {
      if (window.isLoaded && window.data) this.#note(() => this.#checkConflicts(window));
    }
    if (this.#broken !== undefined) throw this.#broken;
  }

  /**
   * Most events do not change any place of a text. Windows replace their state and never mutate it, so identity is
   * enough.
   */
  #isNews(): boolean {
    const { ledger, disk, server } = this.#world;
    const now: unknown[] = [disk.version, server.version, ledger.live.size, ledger.all.length];
    for (const window of this.#open()) now.push(window.isLoaded, ...window.holds());
    const before = this.#seen;
    this.#seen = now;
    return now.length !== before.length || now.some((value, index) => value !== before[index]);
  }

  sent(request: Request): void {
    this.#note(() => {
      this.#checkFew(request);
      const { window, method, path } = request;
      if (method === 'GET') this.#read.set(`${window} ${path}`, this.#world.scheduler.now);
      else {
        this.#readBefore.set(request.id, this.#read.get(`${window} ${path}`) ?? 0);
        this.#checkAsked(request);
      }
    });
  }

  carriedOut(request: Request, change: () => ServerAnswer): ServerAnswer {
    const { server } = this.#world;
    const record = request.path === contactPath ? 'contact' : (request.path.split('/').at(-1) ?? '');
    const before = server.attributes(record);
    const answer = change();
    if (answer.status >= 300) return answer;
    if (request.method === 'POST') this.#note(() => this.#checkOnce(request));
    else this.#note(() => this.#checkTheirs(request, record, before));
    return answer;
  }

  /** Handles a change in the state of a contact's save. */
  said(window: Window, data: AccountStores): void {
    this.#note(() => saidOfContact(this.#world, window, data));
  }

  saidOfNotes(window: Window, data: AccountStores, place: NotePlace): void {
    this.#note(() => saidOfInteraction(this.#world, window, data, place));
  }

  /** Returns true if the server accepted a text from one of our windows, or already has the same value. */
  isDelivered(place: Place, value: string, since: number): boolean {
    const { server } = this.#world;
    const records =
      place === 'newNotes' ? server.interactions().slice(1) : [place === 'oldNotes' ? '7' : 'contact'];
    return records.some((record) => {
      const all = server.history(record, isNote(place) ? 'notes' : place);
      const now = all.at(-1)?.value;
      if (place !== 'newNotes' && String(now ?? '') === value.trim()) return true;
      return all.some(
        ({ at, by, sent, value: stored }) =>
          at >= since &&
          (isText(String(by === 'colleague' ? stored : sent), value) || stored === value.trim()),
      );
    });
  }

  /** Returns true if a window could see that the server accepted a text since then: a change, or the same value. */
  isVisible(place: Place, value: string, since: number): boolean {
    const { server } = this.#world;
    const record = place === 'oldNotes' ? '7' : 'contact';
    if (place === 'newNotes') return this.isDelivered(place, value, since);
    const all = server.history(record, isNote(place) ? 'notes' : place);
    const isChange = (index: number) =>
      String(all[index - 1]?.value ?? '') !== String(all[index]?.value ?? '');
    return (
      String(all.at(-1)?.value ?? '') === value.trim() ||
      all.some(
        ({ at, by, sent }, n) =>
          at >= since && by !== 'colleague' && isText(String(sent), value) && isChange(n),
      )
    );
  }

  #open(): Window[] {
    return [...this.#world.windows.values()].filter(({ isOpen }) => isOpen);
  }

  #note(check: () => void): void {
    try {
      check();
    } catch (error) {
      if (!(error instanceof BrokenPromise)) throw error;
      this.#broken ??= error;
    }
  }

  #checkKept(typed: Typed): void {
    const { ledger, disk } = this.#world;
    const { place, value, at } = typed;
    const isHeld = this.#open().some((window) =>
      window.texts(place).some((text) => text !== undefined && isText(text, value)),
    );
    if (isHeld || draftTexts(disk).has(place, value)) return;
    if (this.isDelivered(place, value, at)) {
      ledger.live.delete(typed);
      return;
    }
    const handing = this.#open().find((window) => window.handedBack(place).includes(value));
    // A text is handed back if another one was typed over it, but not if one was saved or discarded.
    if (handing && (typed.handedTo !== undefined || handing.edit(place) !== undefined)) {
      typed.handedTo = handing.name;
      return;
    }
    throw new BrokenPromise('kept', `“${value}”, typed into ${place} in ${typed.by}, is nowhere`);
  }

  #checkStored(): void {
    const { ledger, disk, scheduler } = this.#world;
    if (!ledger.hasUnstored()) return;
    for (const window of this.#open()) {
      if (scheduler.isFrozen(window.name)) continue;
      for (const place of places) {
        const unstored = ledger.unstored(window.name, place);
        const last = unstored?.at(-1);
        if (unstored === undefined || last === undefined) continue;
        const stored = unstored.findLastIndex(({ value }) => draftTexts(disk).has(place, value));
        unstored.splice(0, stored + 1);
        if (unstored.length === 0) {
          ledger.forgetUnstored(window.name, place);
          continue;
        }
        const isHere = window.texts(place).some((text) => text !== undefined && isText(text, last.value));
        if (!isHere || this.isDelivered(place, last.value, last.at))
          ledger.forgetUnstored(window.name, place);
        const since = Math.max(unstored[0]?.at ?? Number.POSITIVE_INFINITY, ledger.disturbedUntil);
        if (isHere && since + limits.stored < scheduler.now)
          throw new BrokenPromise(
            'stored',
            `“${last.value}”, typed into ${place} in ${window.name}, is on no disk`,
          );
      }
    }
  }

  #checkAside(): void {
    if (this.aside.size === 0) return;
    const there = new Set(this.#world.disk.files.values());
    for (const text of this.aside)
      if (!there.has(text))
        throw new BrokenPromise('aside', `a draft that could not be read is gone: ${text}`);
  }

  #checkFew({ window }: Request): void {
    const { now } = this.#world.scheduler;
    const recent = (this.#requests.get(window) ?? []).filter((at) => at > now - 1_000);
    recent.push(now);
    this.#requests.set(window, recent);
    if (recent.length > limits.requests)
      throw new BrokenPromise('few', `${window} sent ${recent.length} requests within a second`);
  }

  #checkAsked({ window, method, path, attributes = {}, token }: Request): void {
    const { ledger, server } = this.#world;
    const place = method === 'POST' ? 'newNotes' : path === contactPath ? 'contact' : 'oldNotes';
    const pressed = ledger.pressed(window, place);
    if (pressed === undefined)
      throw new BrokenPromise('asked', `${window} sent ${method} ${place}, and nobody asked for it`);
    if (pressed.person?.who !== token.split('-')[0])
      throw new BrokenPromise('asked', `${window} sent for ${token} what ${pressed.person?.who} asked for`);
    for (const field of places) {
      if (isNote(field) !== (place !== 'contact') || (isNote(field) && field !== place)) continue;
      const sent = String(attributes[isNote(field) ? 'notes' : field] ?? '');
      const history =
        place === 'newNotes'
          ? []
          : server.history(place === 'contact' ? 'contact' : '7', isNote(field) ? 'notes' : field);
      const isThere = history.some(({ value }) => String(value ?? '') === sent);
      if (!isThere && !pressed.values[field]?.some((value) => isText(value, sent)))
        throw new BrokenPromise(
          'asked',
          `${window} sent “${sent}” as ${field}: it was not there when asked for`,
        );
    }
  }

  #checkOnce({ attributes = {} }: Request): void {
    const notes = String(attributes.notes);
    const count = (this.#logged.get(notes) ?? 0) + 1;
    this.#logged.set(notes, count);
    if (count > 1) throw new BrokenPromise('once', `the interaction “${notes}” was logged twice`);
  }

  /** Checks a PUT that replaced all attributes of a record, which were `before`. */
  #checkTheirs(request: Request, record: string, before: Readonly<Record<string, unknown>>): void {
    const { ledger, server } = this.#world;
    const { id, window, attributes: sent = {} } = request;
    for (const [name, old] of Object.entries(before)) {
      if (!Object.hasOwn(sent, name))
        throw new BrokenPromise('theirs', `${window} took ${name} off the ${record}`);
      if (isDeepStrictEqual(old, sent[name])) continue;
      const place = placeOf(record, name);
      const last = server.history(record, name).findLast(({ value }) => isDeepStrictEqual(value, old));
      // Without a version, the product cannot detect a change between the reading and the PUT.
      const isUnknowable =
        server.manner.etag !== 'strong' && (last?.at ?? 0) > (this.#readBefore.get(id) ?? 0);
      if (isUnknowable) continue;
      if (place === undefined)
        throw new BrokenPromise('theirs', `${window} changed ${name}, which nobody edited`);
      const isOurs = last !== undefined && !['start', 'colleague'].includes(last.by);
      if (!isOurs && !ledger.hasSeen(place, String(old ?? '')))
        throw new BrokenPromise(
          'theirs',
          `${window} put “${sent[name]}” over “${old}” in ${name}, which nobody was shown`,
        );
    }
  }

  /** Checks that each reported conflict is a real change by another user. */
  #checkConflicts(window: Window): void {
    const conflicts = window.data?.saves.conflicts(ref) ?? [];
    for (const { field, mine, theirs } of conflicts) checkForeign(this.#world, window, field, mine, theirs);
  }
}

/** Returns the place where users edit the attribute, if there is one. */
function placeOf(record: string, name: string): Place | undefined {
  if (record !== 'contact') return name === 'notes' ? 'oldNotes' : undefined;
  return places.find((place) => place === name);
}
