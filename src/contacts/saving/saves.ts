/**
 * What becomes of each contact's save, whether or not a panel shows it: one at a time, never a blind
 * second, with the draft kept until the API has it.
 */

import type { ContactRef } from '../../api/contacts';
import { ApiError } from '../../api/http/errors';
import { Backoff } from '../../base/backoff';
import type { Clock } from '../../base/clock';
import { type Disposable, Emitter } from '../../base/event';
import { type Logger, logUnexpected } from '../../base/log';
import type { Runtime } from '../../base/runtime';
import type { ConflictChoice, FieldName } from '../../protocol/fields';
import { decided, hasThirdValue, withoutOver } from '../drafts/choices';
import { ContactDrafts } from '../drafts/contactDrafts';
import {
  afterArrival,
  afterReading,
  afterRefusal,
  type Draft,
  isEmpty,
  withoutUnchanged,
  withSent,
} from '../drafts/draft';
import type { DraftStore } from '../drafts/draftStore';
import type { ContactStore } from '../lists/contactStore';
import { type FieldConflict, keyOf, type Values, valuesOf } from '../model/contact';
import type { Edits } from '../model/update';
import { merge } from './merge';
import type { Exacts, RefusedAttribute } from './outgoing';
import { type ContactSaveRequest, previewSave, saveContact } from './saveContact';
import {
  draftAfter,
  draftOfUndo,
  type InterruptedSave,
  isTypedBack,
  isWrong,
  tidiedDraft,
  toRequest,
  withoutGivenUp,
} from './saveRequest';
import { type Attempt, idle, type Saving, stateAfter } from './saving';

/** Of a save that the API refuses to take so fast. */
const patience = { least: 1_000, most: 300_000, tries: 8 };

export class Saves implements Disposable {
  readonly #contacts: ContactStore;
  readonly #drafts: ContactDrafts;
  readonly #states = new Map<string, Saving>();
  readonly #running = new Set<Promise<unknown>>();
  readonly #interrupted = new Map<string, InterruptedSave>();
  /** The values that an Undo puts back, until they are saved. */
  readonly #restores = new Map<string, Exacts<FieldName>>();
  readonly #timers = new Map<string, Disposable>();
  /** Of contacts whose save was asked to wait, until it comes to an end. */
  readonly #backoffs = new Map<string, Backoff>();
  readonly #clock: Clock;
  readonly #log: Logger;
  #disposed = false;
  readonly #changed = new Emitter<ContactRef>();
  readonly onDidChange = this.#changed.event;

  constructor(origin: string, contacts: ContactStore, drafts: DraftStore, { clock, log }: Runtime) {
    this.#contacts = contacts;
    this.#drafts = new ContactDrafts(origin, drafts);
    this.#clock = clock;
    this.#log = log;
  }

  state(ref: ContactRef): Saving {
    return this.#states.get(keyOf(ref)) ?? idle;
  }

  /** Saves that wait for a session or for their turn. */
  interrupted(): readonly InterruptedSave[] {
    return [...this.#interrupted.values()];
  }

  /** When nothing is under way any more. */
  async finished(): Promise<void> {
    await Promise.all(this.#running);
  }

  /** The fields that both sides changed, by what is known now. */
  conflicts(ref: ContactRef, draft: Draft | undefined = this.#drafts.get(ref)): readonly FieldConflict[] {
    const document = this.#contacts.document(ref);
    if (draft === undefined || document === undefined) return [];
    return merge(draft.base, draft.edits, valuesOf(document.resource), draft.sent).conflicts;
  }

  /** Nothing is sent before the next save. @returns whether there is such a conflict */
  choose(ref: ContactRef, choice: ConflictChoice): boolean {
    const { field } = choice;
    const draft = this.#drafts.get(ref);
    if (draft === undefined || !this.conflicts(ref).some((conflict) => conflict.field === field))
      return false;
    this.#drafts.set(ref, { ...draft, choices: { ...draft.choices, [field]: choice } });
    return true;
  }

  /** Saves the draft; does nothing while a save of this contact is under way. */
  async save(ref: ContactRef, without: readonly RefusedAttribute[] = []): Promise<void> {
    if (this.#busy(ref)) return;
    this.#forgetOver(ref);
    const draft = this.#drafts.get(ref);
    const chosen = this.#decided(ref);
    const isAsked = this.conflicts(ref, chosen).length > 0;
    // The third value is what was typed last, and the draft's own is not to be sent instead.
    if (isAsked && draft && hasThirdValue(draft)) return this.#set(ref, { kind: 'conflict' });
    if (!isAsked && chosen && chosen !== draft) this.#drafts.set(ref, chosen);
    await this.#run(() => this.#save(ref, without));
  }

  /** Saves without the attributes that the API does not accept: the person agreed, for this one save. */
  async saveWithout(ref: ContactRef): Promise<void> {
    const state = this.state(ref);
    if (state.kind === 'failed' && state.refused) await this.save(ref, state.refused);
  }

  /** Goes on with a save that was interrupted: of this person, and without what they gave up since. */
  async resume({ ref, request }: InterruptedSave): Promise<void> {
    const edits = withoutGivenUp(request.edits, this.#drafts.get(ref));
    if (this.#busy(ref) || Object.keys(edits).length === 0) return;
    await this.#run(() => this.#send(ref, { ...request, edits }));
  }

  /**
   * Carries out one contact of a plan. It neither waits nor resumes by itself: whoever asks does so for all of them,
   * and has a journal of what may have arrived.
   * @returns undefined while another save of this contact is under way
   */
  async carryOut(ref: ContactRef, request: ContactSaveRequest): Promise<Attempt | undefined> {
    return this.#busy(ref) ? undefined : this.#run(() => this.#send(ref, request, true));
  }

  /** What `save` would send now, by a reading of its own. Nothing is sent, and the draft stays as it was typed. */
  async plan(ref: ContactRef, signal: AbortSignal) {
    const draft = this.#decided(ref) ?? newDraft();
    const request = toRequest(this.#tidied(ref, draft), this.#restored(ref));
    if (isWrong(request)) return { kind: 'blocked' } as const;
    return previewSave(this.#contacts, ref, request, signal);
  }

  /** The contact was read: edits that the API has by now end, those of a save whose end nobody saw, say. */
  settle(ref: ContactRef): void {
    this.#forgetOver(ref);
    this.#compare(ref, afterReading);
  }

  /** Goes on with what was chosen; a field without a choice stays in conflict, and nothing is sent. */
  async resolve(ref: ContactRef, choices: readonly ConflictChoice[]): Promise<void> {
    if (this.#busy(ref)) return;
    const draft = this.#drafts.get(ref);
    if (draft === undefined) return;
    this.#drafts.set(ref, decided(draft, this.conflicts(ref), choices));
    if (this.conflicts(ref).length > 0) this.#set(ref, { kind: 'conflict' });
    else await this.save(ref);
  }

  /** Puts back what the last save replaced, by a save like any other. */
  async undo(ref: ContactRef): Promise<void> {
    const state = this.state(ref);
    if (state.kind !== 'saved' || !isEmpty(this.#drafts.get(ref))) return;
    this.#restores.set(keyOf(ref), state.undo);
    this.#drafts.set(ref, draftOfUndo(this.#drafts.get(ref) ?? newDraft(), state));
    this.#set(ref, idle);
    await this.save(ref);
  }

  cancelWait(ref: ContactRef): void {
    this.#timers.get(keyOf(ref))?.dispose();
    this.#backoffs.delete(keyOf(ref));
    if (this.state(ref).kind === 'waiting') this.#set(ref, idle);
  }

  /** Something was typed or reverted: what was said of the last save may no longer fit. */
  edited(ref: ContactRef): void {
    const { kind } = this.state(ref);
    const draft = this.#drafts.get(ref);
    const nothing = isEmpty(draft);
    if (nothing) this.#restores.delete(keyOf(ref));
    if (nothing || (kind === 'waiting' && isTypedBack(draft))) {
      this.cancelWait(ref);
      this.#compare(ref, withoutUnchanged);
    }
    const over =
      kind === 'saved' ||
      kind === 'blocked' ||
      (nothing && !this.#busy(ref)) ||
      (kind === 'conflict' && this.conflicts(ref).length === 0);
    if (over && kind !== 'idle') this.#set(ref, idle);
  }

  dispose(): void {
    this.#disposed = true;
    for (const timer of this.#timers.values()) timer.dispose();
    this.#changed.dispose();
  }

  async #run<T>(work: () => Promise<T>): Promise<T> {
    const running = work().finally(() => this.#running.delete(running));
    this.#running.add(running);
    return running;
  }

  async #save(ref: ContactRef, without: readonly RefusedAttribute[]): Promise<void> {
    const typed = this.#drafts.get(ref);
    const draft = typed && this.#tidied(ref, typed);
    // White space at the ends goes where the person sees it go.
    if (draft !== undefined && draft !== typed) this.#drafts.set(ref, draft);
    if (draft === undefined || isEmpty(draft)) {
      // What was saved can still be undone.
      if (this.state(ref).kind !== 'saved') this.#set(ref, idle);
      return;
    }
    const request = toRequest(draft, this.#restored(ref), without);
    if (isWrong(request)) return this.#set(ref, { kind: 'blocked' });
    await this.#send(ref, request);
  }

  /**
   * Sends what was asked for, whatever the draft holds by now.
   * @param isPlanned somebody else keeps the journal, waits, and resumes
   */
  async #send(ref: ContactRef, request: ContactSaveRequest, isPlanned = false): Promise<Attempt> {
    const { edits } = request;
    this.#set(ref, { kind: 'saving', sent: edits });
    const shown = this.#contacts.document(ref);
    try {
      const outcome = await saveContact(this.#contacts, ref, request, (sending, now) => {
        this.#markSent(ref, sending, now);
        if (!isPlanned) void this.#drafts.flush();
      });
      if ('error' in outcome) logUnexpected(this.#log, 'save contact', outcome.error);
      this.#drafts.change(ref, (draft) => draftAfter(draft, outcome, request));
      // Undo puts back a value in the same way once: what the API ignores may be typed.
      if (outcome.kind === 'saved' || outcome.kind === 'notTaken') this.#restores.delete(keyOf(ref));
      this.#set(ref, stateAfter(outcome, request, shown));
      return outcome;
    } catch (error) {
      logUnexpected(this.#log, 'save contact', error);
      this.#drafts.change(ref, (draft) => afterRefusal(draft, edits, request.sent));
      const waits = !isPlanned && ApiError.is(error, 'tooMany') && this.#wait(ref, error, request);
      if (!waits) {
        this.#compare(ref, withoutUnchanged);
        this.#set(ref, { kind: 'failed', error, sent: edits }, isPlanned ? undefined : request);
      }
      return { kind: 'failed', error };
    }
  }

  /** On the disk before the PUT has an answer: a window that dies meanwhile must know its own value again. */
  #markSent(ref: ContactRef, sending: Edits, now: Values): void {
    // An earlier value of ours that arrived is the new base. Its mark is about to be replaced.
    this.#drafts.change(ref, (draft) => withSent(afterArrival(draft, now), sending));
  }

  /** The draft with what was chosen so far, while a person is asked. */
  #decided(ref: ContactRef): Draft | undefined {
    const draft = this.#drafts.get(ref);
    if (draft?.choices === undefined || this.state(ref).kind !== 'conflict') return draft;
    return decided(draft, this.conflicts(ref), Object.values(draft.choices));
  }

  #forgetOver(ref: ContactRef): void {
    this.#compare(ref, (draft, now) =>
      hasThirdValue(draft) ? withoutOver(draft, this.conflicts(ref), now) : draft,
    );
  }

  /** Changes a draft by what the contact holds, as far as that was read. */
  #compare(ref: ContactRef, change: (draft: Draft, now: Values) => Draft): void {
    const document = this.#contacts.document(ref);
    if (document) this.#drafts.change(ref, (draft) => change(draft, valuesOf(document.resource)));
  }

  #busy(ref: ContactRef): boolean {
    return ['saving', 'waiting'].includes(this.state(ref).kind);
  }

  #restored(ref: ContactRef): Exacts<FieldName> {
    return this.#restores.get(keyOf(ref)) ?? {};
  }

  #tidied(ref: ContactRef, draft: Draft): Draft {
    const document = this.#contacts.document(ref);
    return tidiedDraft(draft, document && valuesOf(document.resource), this.#restored(ref));
  }

  /** @returns whether the save goes on by itself */
  #wait(ref: ContactRef, { retryAfter }: ApiError, request: ContactSaveRequest): boolean {
    const backoff = this.#backoffs.get(keyOf(ref)) ?? new Backoff(patience, this.#clock);
    const ms = backoff.refused(retryAfter);
    if (ms === undefined) return false;
    this.#backoffs.set(keyOf(ref), backoff);
    this.#set(ref, { kind: 'waiting', until: this.#clock.now() + ms, sent: request.edits }, request);
    // The account is gone: whoever is signed in next goes on with it, or nobody.
    if (this.#disposed) return true;
    const timer = this.#clock.after(ms, () => {
      this.#set(ref, idle);
      void this.resume({ ref, request });
    });
    this.#timers.set(keyOf(ref), timer);
    return true;
  }

  /** @param request what the save goes on with, where it only waits */
  #set(ref: ContactRef, state: Saving, request?: ContactSaveRequest): void {
    const waits =
      state.kind === 'waiting' || (state.kind === 'failed' && ApiError.is(state.error, 'unauthorised'));
    if (waits && request) this.#interrupted.set(keyOf(ref), { ref, request });
    else this.#interrupted.delete(keyOf(ref));
    // A wait is between two tries of the same save.
    if (!['idle', 'saving', 'waiting'].includes(state.kind)) this.#backoffs.delete(keyOf(ref));
    this.#states.set(keyOf(ref), state);
    this.#changed.fire(ref);
  }
}

export function newDraft(title = '', organisation = ''): Draft {
  return { edits: {}, base: {}, since: new Date().toISOString(), title, organisation };
}
