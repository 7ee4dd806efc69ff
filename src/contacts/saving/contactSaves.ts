/**
 * Runs the save of each contact and keeps its state, with or without a panel: one save at a time, never a
 * blind repetition, and the draft stays until the API holds it.
 */

import type { ContactRef } from '../../api/contacts';
import { type ApiError, asksToWait } from '../../api/http/errors';
import type { Disposable } from '../../base/event';
import { attempt, type Logger, logUnexpected } from '../../base/log';
import type { Runtime } from '../../base/runtime';
import type { ConflictChoice, FieldName } from '../../protocol/fields';
import { hasThirdValue } from '../drafts/choices';
import { ContactDrafts } from '../drafts/contactDrafts';
import {
  afterArrival,
  afterReading,
  afterRefusal,
  type Draft,
  isEmpty,
  newDraft,
  withoutReplaced,
  withSent,
} from '../drafts/draft';
import type { DraftStore } from '../drafts/draftStore';
import type { ContactStore } from '../lists/contactStore';
import { type FieldConflict, keyOf, type Values } from '../model/contact';
import type { Edits } from '../model/update';
import { ComparedDrafts, readValues } from './comparedDrafts';
import { type Attempt, type ContactSaveState, idle, stateAfter, underWay } from './contactSaveState';
import { type InterruptedSave, InterruptedSaves } from './interruptedSaves';
import type { Exacts, RefusedAttribute } from './outgoing';
import { type ContactSaveRequest, previewSave, saveContact } from './saveContact';
import {
  draftAfter,
  draftOfUndo,
  isTypedBack,
  tidiedDraft,
  toRequest,
  withoutGivenUp,
  wrongFields,
} from './saveRequest';
import { WorkStates } from './workStates';

export class ContactSaves implements Disposable {
  readonly #contacts: ContactStore;
  readonly #drafts: ContactDrafts;
  readonly #compared: ComparedDrafts;
  readonly #work: WorkStates<ContactRef, ContactSaveState>;
  readonly #interrupted: InterruptedSaves;
  readonly #running = new Set<Promise<unknown>>();
  /** The values that Undo restores, until they are saved. */
  readonly #restores = new Map<string, Exacts<FieldName>>();
  readonly #log: Logger;
  readonly #subscription: Disposable;
  readonly onDidChange;

  constructor(origin: string, contacts: ContactStore, drafts: DraftStore, { clock, log }: Runtime) {
    this.#contacts = contacts;
    this.#drafts = new ContactDrafts(origin, drafts);
    this.#compared = new ComparedDrafts(contacts, this.#drafts);
    this.#work = new WorkStates({ keyOf, busy: underWay }, log);
    this.onDidChange = this.#work.onDidChange;
    this.#interrupted = new InterruptedSaves(clock);
    this.#log = log;
    this.#subscription = contacts.onDidChange((change) => {
      // A running save reads the contact before the draft has its outcome.
      if (change.kind === 'contact' && !this.#work.isBusy(change.ref))
        this.#compared.compare(change.ref, withoutReplaced);
    });
  }

  state(ref: ContactRef): ContactSaveState {
    return this.#work.get(ref) ?? idle;
  }

  /** Returns the saves that wait for a session or for their time. */
  interrupted(): readonly InterruptedSave[] {
    return this.#interrupted.all;
  }

  /** Resolves when no save is running. */
  async finished(): Promise<void> {
    await Promise.all(this.#running);
  }

  /** The fields that both sides changed, by what is known now. @param document the contact as it is shown */
  conflicts(
    ref: ContactRef,
    draft: Draft | undefined = this.#drafts.get(ref),
    document = this.#contacts.document(ref),
  ): readonly FieldConflict[] {
    return this.#compared.conflicts(ref, draft, readValues(document));
  }

  /**
   * Stores an answer to a conflict; the next save sends it.
   * @returns false if the field is not in conflict
   */
  choose(ref: ContactRef, choice: ConflictChoice): boolean {
    return this.#compared.choose(ref, choice);
  }

  /** Saves the draft; does nothing while a save of this contact is running. */
  async save(ref: ContactRef, without: readonly RefusedAttribute[] = []): Promise<void> {
    if (this.#work.isBusy(ref)) return;
    this.#compared.forgetOver(ref);
    const draft = this.#drafts.get(ref);
    const chosen = this.#decided(ref);
    const isAsked = this.conflicts(ref, chosen).length > 0;
    // The third value is newer than the edit, which must not be sent in its place.
    if (isAsked && draft && hasThirdValue(draft)) return this.#set(ref, { kind: 'conflict' });
    if (!isAsked && chosen && chosen !== draft) this.#drafts.set(ref, chosen);
    await this.#run(() => this.#save(ref, without));
  }

  /** Saves without the attributes whose names the API refuses; the user agreed to this for one save. */
  async saveWithout(ref: ContactRef): Promise<void> {
    const state = this.state(ref);
    if (state.kind === 'failed' && state.refused) await this.save(ref, state.refused);
  }

  /** Continues an interrupted save of the same user, without the edits that were dropped since. */
  async resume({ ref, request }: InterruptedSave): Promise<void> {
    const edits = withoutGivenUp(request.edits, this.#drafts.get(ref));
    if (this.#work.isBusy(ref) || Object.keys(edits).length === 0) return;
    await this.#run(() => this.#send(ref, { ...request, edits }));
  }

  /**
   * Carries out one contact of a plan. It neither waits nor resumes by itself: the caller does so for all of
   * them, and keeps a journal of the values that may have arrived.
   * @returns undefined while another save of this contact is under way
   */
  async carryOut(ref: ContactRef, request: ContactSaveRequest): Promise<Attempt | undefined> {
    return this.#work.isBusy(ref) ? undefined : this.#run(() => this.#send(ref, request, true));
  }

  /**
   * Returns the request that `save` would send now, after a read of its own. Nothing is sent, and the draft
   * stays unchanged.
   */
  async plan(ref: ContactRef, signal: AbortSignal) {
    const draft = this.#decided(ref) ?? newDraft();
    const request = toRequest(this.#tidied(ref, draft), this.#restored(ref));
    if (wrongFields(request).length > 0) return { kind: 'blocked' } as const;
    return previewSave(this.#contacts, ref, request, signal);
  }

  /**
   * Updates the draft after a read: drops edits that the API already holds, for example after a lost
   * response.
   */
  settle(ref: ContactRef): void {
    this.#compared.forgetOver(ref);
    this.#compared.compare(ref, afterReading);
    if (this.state(ref).kind === 'failed' && isEmpty(this.#drafts.get(ref))) this.#set(ref, idle);
  }

  /** Saves with the user's answers. A field without an answer stays in conflict, and nothing is sent. */
  async resolve(ref: ContactRef, choices: readonly ConflictChoice[]): Promise<void> {
    if (this.#work.isBusy(ref)) return;
    if (this.#drafts.get(ref) === undefined) return;
    this.#compared.decide(ref, choices);
    if (this.conflicts(ref).length > 0) this.#set(ref, { kind: 'conflict' });
    else await this.save(ref);
  }

  /** Restores the values that the last save replaced, with an ordinary save. */
  async undo(ref: ContactRef): Promise<void> {
    const state = this.state(ref);
    if (state.kind !== 'saved' || !isEmpty(this.#drafts.get(ref))) return;
    this.#restores.set(keyOf(ref), state.undo);
    this.#drafts.set(ref, draftOfUndo(this.#drafts.get(ref) ?? newDraft(), state));
    this.#set(ref, idle);
    await this.save(ref);
  }

  /** Takes over the exact values of each Undo that the end of the session interrupted: their drafts stay, too. */
  continueUndo(before: ContactSaves): void {
    for (const [key, exacts] of before.#restores) this.#restores.set(key, exacts);
  }

  cancelWait(ref: ContactRef): void {
    this.#interrupted.cancel(ref);
    if (this.state(ref).kind === 'waiting') this.#set(ref, idle);
  }

  /** Clears the state of the last save, which may not fit the draft after an edit. */
  edited(ref: ContactRef, typed?: FieldName): void {
    const { kind } = this.state(ref);
    const draft = this.#drafts.get(ref);
    if (isEmpty(draft) || (kind === 'waiting' && isTypedBack(draft))) this.cancelWait(ref);
    // A page that shows an older value may type, or hand over once more, what the contact has by now.
    if (!this.#work.isBusy(ref)) this.#compared.endUnchanged(ref, typed);
    const nothing = isEmpty(this.#drafts.get(ref));
    if (nothing) this.#restores.delete(keyOf(ref));
    const over =
      kind === 'saved' ||
      kind === 'blocked' ||
      (nothing && !this.#work.isBusy(ref)) ||
      (kind === 'conflict' && this.conflicts(ref).length === 0);
    if (over && kind !== 'idle') this.#set(ref, idle);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#interrupted.dispose();
    this.#work.dispose();
  }

  async #run<T>(work: () => Promise<T>): Promise<T> {
    const running = work().finally(() => this.#running.delete(running));
    this.#running.add(running);
    return running;
  }

  async #save(ref: ContactRef, without: readonly RefusedAttribute[]): Promise<void> {
    const typed = this.#drafts.get(ref);
    const draft = typed && this.#tidied(ref, typed);
    // The user sees the trimmed values in the form.
    if (draft !== undefined && draft !== typed) this.#drafts.set(ref, draft);
    if (draft === undefined || isEmpty(draft)) {
      this.#restores.delete(keyOf(ref));
      // Undo stays available for a previous save.
      if (this.state(ref).kind !== 'saved') this.#set(ref, idle);
      return;
    }
    const request = toRequest(draft, this.#restored(ref), without);
    if (wrongFields(request).length > 0) return this.#set(ref, { kind: 'blocked' });
    await this.#send(ref, request);
  }

  /**
   * Sends the request as it is, even if the draft has changed since.
   * @param isPlanned true if the caller keeps the journal, waits, and resumes
   */
  async #send(ref: ContactRef, request: ContactSaveRequest, isPlanned = false): Promise<Attempt> {
    const { edits } = request;
    this.#set(ref, { kind: 'saving', sent: edits });
    const shown = this.#contacts.document(ref) ?? this.#contacts.known(ref);
    return attempt<Attempt>(
      this.#log,
      'save contact',
      async () => {
        const outcome = await saveContact(this.#contacts, ref, request, (sending, now) => {
          this.#markSent(ref, sending, now, isPlanned);
          if (!isPlanned) void this.#drafts.flush();
        });
        if ('error' in outcome) logUnexpected(this.#log, 'save contact', outcome.error);
        this.#drafts.change(ref, (draft) => draftAfter(draft, outcome, request), isPlanned);
        this.#compared.compare(ref, withoutReplaced, isPlanned);
        // Undo restores exact values once only: a value that the API ignores may be typed afterwards.
        if (outcome.kind === 'saved' || outcome.kind === 'ignored') this.#restores.delete(keyOf(ref));
        this.#set(ref, stateAfter(outcome, request, shown));
        return outcome;
      },
      (error) => {
        this.#drafts.change(ref, (draft) => afterRefusal(draft, edits, request.sent));
        const waits = !isPlanned && asksToWait(error) && this.#wait(ref, error, request);
        if (!waits) {
          // The save has read the contact, unless it was refused before.
          if (this.#contacts.document(ref) === shown) this.#compared.endUnchanged(ref);
          else this.#compared.compare(ref, afterReading);
          this.#set(ref, { kind: 'failed', error, sent: edits }, isPlanned ? undefined : request);
        }
        return { kind: 'failed', error };
      },
    );
  }

  /**
   * Stores the sent values before the PUT has a response: after a crash, the next window must recognise them.
   */
  #markSent(ref: ContactRef, sending: Edits, now: Values, isLate: boolean): void {
    // A sent value that arrived becomes the base, because its mark is about to be replaced.
    this.#drafts.change(ref, (draft) => withSent(afterArrival(draft, now), sending), isLate);
  }

  /** Returns the draft with the answers so far, while it is in conflict. */
  #decided(ref: ContactRef): Draft | undefined {
    const isAsked = this.state(ref).kind === 'conflict';
    return (isAsked ? this.#compared.decided(ref) : undefined) ?? this.#drafts.get(ref);
  }

  #restored(ref: ContactRef): Exacts<FieldName> {
    return this.#restores.get(keyOf(ref)) ?? {};
  }

  #tidied(ref: ContactRef, draft: Draft): Draft {
    return tidiedDraft(draft, this.#compared.now(ref), this.#restored(ref));
  }

  /** @returns true if the save continues automatically */
  #wait(ref: ContactRef, { retryAfter }: ApiError, request: ContactSaveRequest): boolean {
    const save = { ref, request };
    const until = this.#interrupted.wait(save, retryAfter, () => {
      this.#set(ref, idle);
      void this.resume(save);
    });
    if (until === undefined) return false;
    this.#set(ref, { kind: 'waiting', until, sent: request.edits }, request);
    return true;
  }

  /** @param request the interrupted request, if the save waits */
  #set(ref: ContactRef, state: ContactSaveState, request?: ContactSaveRequest): void {
    this.#interrupted.follow(ref, state, request);
    this.#work.set(ref, state);
  }
}
