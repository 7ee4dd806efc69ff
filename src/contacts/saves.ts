/**
 * What becomes of each contact's save, whether or not a panel shows it: one at a time, never a blind
 * second, with the draft kept until the API has it.
 */
import type { ContactRef } from '../api/contacts';
import { ApiError } from '../api/errors';
import { Backoff } from '../base/backoff';
import type { Clock } from '../base/clock';
import { type Disposable, Emitter } from '../base/event';
import { type Logger, logUnexpected } from '../base/log';
import type { Runtime } from '../base/runtime';
import { type Choice, decided, hasThirdValue, withoutOver } from './choices';
import { type FieldName, fieldNames, keyOf } from './contact';
import type { ContactStore } from './contactStore';
import {
  afterSave,
  afterUnknown,
  type Draft,
  type DraftKey,
  isEmpty,
  tidied,
  withEdit,
  withoutUnchanged,
} from './draft';
import type { DraftStore } from './draftStore';
import { changedAttributes, type FieldConflict, merge, valuesOf } from './merge';
import type { Saved } from './saveContact';
import type { Edits } from './update';
import { validate } from './validate';

export type Saving =
  | { readonly kind: 'idle' }
  | { readonly kind: 'saving'; readonly sent: Edits }
  /** The API asked to wait; `until` is in milliseconds since 1970. */
  | { readonly kind: 'waiting'; readonly until: number }
  | {
      readonly kind: 'saved';
      readonly outcome: Saved;
      /** Attributes that somebody else changed since the contact was last read, by name. */
      readonly theirs: readonly string[];
      /** What the save replaced, to be put back. */
      readonly undo: Edits;
    }
  /** Which fields is read from draft and contact: both may change while the person thinks. */
  | { readonly kind: 'conflict' }
  /** A field is certainly wrong: nothing was asked of the API. */
  | { readonly kind: 'blocked' }
  /** Refused: nothing was saved. `sent` is what was refused. */
  | { readonly kind: 'failed'; readonly error: unknown; readonly sent: Edits }
  /** The API answered, and kept the old values of these fields. */
  | { readonly kind: 'notTaken'; readonly fields: readonly FieldName[] }
  /** The answer was lost, and nothing was saved. */
  | { readonly kind: 'notSaved'; readonly error: ApiError }
  /** The answer was lost, and it could not be found out what became of it. */
  | { readonly kind: 'unknown'; readonly error: ApiError };

const idle: Saving = { kind: 'idle' };
/** Of a save that the API refuses to take so fast. */
const patience = { least: 1_000, most: 300_000, tries: 8 };

export class Saves implements Disposable {
  readonly #origin: string;
  readonly #contacts: ContactStore;
  readonly #drafts: DraftStore;
  readonly #states = new Map<string, Saving>();
  readonly #running = new Set<Promise<void>>();
  readonly #interrupted = new Map<string, ContactRef>();
  readonly #timers = new Map<string, Disposable>();
  /** Of contacts whose save was asked to wait, until it comes to an end. */
  readonly #backoffs = new Map<string, Backoff>();
  readonly #clock: Clock;
  readonly #log: Logger;
  #disposed = false;
  readonly #changed = new Emitter<ContactRef>();
  readonly onDidChange = this.#changed.event;

  constructor(origin: string, contacts: ContactStore, drafts: DraftStore, { clock, log }: Runtime) {
    this.#origin = origin;
    this.#contacts = contacts;
    this.#drafts = drafts;
    this.#clock = clock;
    this.#log = log;
  }

  state(ref: ContactRef): Saving {
    return this.#states.get(keyOf(ref)) ?? idle;
  }

  /** What was asked to be saved, and waits for a session or for its turn. */
  interrupted(): readonly ContactRef[] {
    return [...this.#interrupted.values()];
  }

  /** When nothing is under way any more. */
  async finished(): Promise<void> {
    await Promise.all(this.#running);
  }

  /** The fields that both sides changed, by what is known now. */
  conflicts(
    ref: ContactRef,
    draft: Draft | undefined = this.#drafts.get(this.#key(ref)),
  ): readonly FieldConflict[] {
    const document = this.#contacts.document(ref);
    if (draft === undefined || document === undefined) return [];
    return merge(draft.base, draft.edits, valuesOf(document.resource)).conflicts;
  }

  /** Nothing is sent before the next save. @returns whether there is such a conflict */
  choose(ref: ContactRef, choice: Choice): boolean {
    const { field } = choice;
    const draft = this.#drafts.get(this.#key(ref));
    if (draft === undefined || !this.conflicts(ref).some((conflict) => conflict.field === field))
      return false;
    this.#drafts.set(this.#key(ref), { ...draft, choices: { ...draft.choices, [field]: choice } });
    return true;
  }

  /** Saves the draft; does nothing while a save of this contact is under way. */
  async save(ref: ContactRef): Promise<void> {
    if (this.#busy(ref)) return;
    this.#forgetOver(ref);
    const draft = this.#drafts.get(this.#key(ref));
    const chosen = this.#decided(ref);
    const isAsked = this.conflicts(ref, chosen).length > 0;
    // The third value is what was typed last, and the draft's own is not to be sent instead.
    if (isAsked && draft && hasThirdValue(draft)) return this.#set(ref, { kind: 'conflict' });
    if (!isAsked && chosen && chosen !== draft) this.#drafts.set(this.#key(ref), chosen);
    const running = this.#save(ref).finally(() => this.#running.delete(running));
    this.#running.add(running);
    await running;
  }

  async #save(ref: ContactRef): Promise<void> {
    const draft = this.#tidied(ref);
    if (draft === undefined) {
      // What was saved can still be undone.
      if (this.state(ref).kind !== 'saved') this.#set(ref, idle);
      return;
    }
    if (isWrong(draft.edits)) return this.#set(ref, { kind: 'blocked' });
    this.#set(ref, { kind: 'saving', sent: draft.edits });
    const shown = this.#contacts.document(ref);
    try {
      const outcome = await this.#contacts.save(ref, draft.base, draft.edits);
      const current = this.#drafts.get(this.#key(ref)) ?? draft;
      if (outcome.kind === 'unknown') this.#drafts.set(this.#key(ref), afterUnknown(current, draft.edits));
      if (outcome.kind !== 'saved') {
        this.settle(ref);
        return this.#set(ref, outcome);
      }
      const now = valuesOf(outcome.document.resource);
      this.#drafts.set(this.#key(ref), afterSave(current, draft.edits, now));
      const edited = fieldNames.filter((field) => draft.edits[field] !== undefined);
      const changed = shown === undefined ? [] : changedAttributes(shown.resource, outcome.read.resource);
      const theirs = changed.filter((name) => !edited.some((field) => field === name));
      const undo = Object.fromEntries(
        edited
          .filter((field) => outcome.before[field] !== now[field])
          .map((field) => [field, outcome.before[field]]),
      );
      this.#set(ref, { kind: 'saved', outcome, theirs, undo });
    } catch (error) {
      logUnexpected(this.#log, 'save contact', error);
      if (ApiError.is(error, 'tooMany') && this.#wait(ref, error)) return;
      this.settle(ref);
      this.#set(ref, { kind: 'failed', error, sent: draft.edits });
    }
  }

  /** What `save` would send now, by a reading of its own. Nothing is sent, and the draft stays as it was typed. */
  async plan(ref: ContactRef, signal: AbortSignal) {
    const draft = this.#decided(ref);
    const { base, edits } = draft === undefined ? newDraft() : tidied(draft);
    if (isWrong(edits)) return { kind: 'blocked' } as const;
    return this.#contacts.preview(ref, base, edits, signal);
  }

  /** What the API has by now, or was typed back, is no edit any more: a save whose end nobody saw, say. */
  settle(ref: ContactRef): void {
    const key = this.#key(ref);
    const draft = this.#drafts.get(key);
    const document = this.#contacts.document(ref);
    if (draft === undefined || document === undefined) return;
    this.#forgetOver(ref);
    const left = withoutUnchanged(this.#drafts.get(key) ?? draft, valuesOf(document.resource));
    if (Object.keys(left.edits).length < Object.keys(draft.edits).length) this.#drafts.set(key, left);
  }

  /** The draft with what was chosen so far, while a person is asked. */
  #decided(ref: ContactRef): Draft | undefined {
    const draft = this.#drafts.get(this.#key(ref));
    if (draft?.choices === undefined || this.state(ref).kind !== 'conflict') return draft;
    return decided(draft, this.conflicts(ref), Object.values(draft.choices));
  }

  #forgetOver(ref: ContactRef): void {
    const draft = this.#drafts.get(this.#key(ref));
    const document = this.#contacts.document(ref);
    if (draft === undefined || document === undefined || !hasThirdValue(draft)) return;
    const left = withoutOver(draft, this.conflicts(ref), valuesOf(document.resource));
    if (left !== draft) this.#drafts.set(this.#key(ref), left);
  }

  /** Goes on with what was chosen; a field without a choice stays in conflict, and nothing is sent. */
  async resolve(ref: ContactRef, choices: readonly Choice[]): Promise<void> {
    if (this.#busy(ref)) return;
    const key = this.#key(ref);
    const draft = this.#drafts.get(key);
    if (draft === undefined) return;
    this.#drafts.set(key, decided(draft, this.conflicts(ref), choices));
    if (this.conflicts(ref).length > 0) this.#set(ref, { kind: 'conflict' });
    else await this.save(ref);
  }

  /** Puts back what the last save replaced, by a save like any other. */
  async undo(ref: ContactRef): Promise<void> {
    const state = this.state(ref);
    const document = this.#contacts.document(ref);
    const key = this.#key(ref);
    if (state.kind !== 'saved' || document === undefined || !isEmpty(this.#drafts.get(key))) return;
    const base = valuesOf(state.outcome.document.resource);
    let draft: Draft = { ...(this.#drafts.get(key) ?? newDraft()), edits: {}, base: {}, choices: {} };
    for (const field of fieldNames) {
      const old = state.undo[field];
      if (old !== undefined) draft = withEdit(draft, field, old, base[field]);
    }
    this.#drafts.set(key, draft);
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
    const nothing = isEmpty(this.#drafts.get(this.#key(ref)));
    if (nothing) this.cancelWait(ref);
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

  #busy(ref: ContactRef): boolean {
    const { kind } = this.state(ref);
    return kind === 'saving' || kind === 'waiting';
  }

  /** White space at the ends goes, where the person sees it go. @returns undefined when nothing is left */
  #tidied(ref: ContactRef): Draft | undefined {
    const key = this.#key(ref);
    const typed = this.#drafts.get(key);
    const draft = typed && tidied(typed);
    if (draft !== undefined && draft !== typed) this.#drafts.set(key, draft);
    return isEmpty(draft) ? undefined : draft;
  }

  /** @returns whether the save goes on by itself */
  #wait(ref: ContactRef, { retryAfter }: ApiError): boolean {
    const backoff = this.#backoffs.get(keyOf(ref)) ?? new Backoff(patience, this.#clock);
    const ms = backoff.refused(retryAfter);
    if (ms === undefined) return false;
    this.#backoffs.set(keyOf(ref), backoff);
    this.#set(ref, { kind: 'waiting', until: this.#clock.now() + ms });
    // The account is gone: whoever is signed in next goes on with it, or nobody.
    if (this.#disposed) return true;
    const timer = this.#clock.after(ms, () => {
      this.#set(ref, idle);
      void this.save(ref);
    });
    this.#timers.set(keyOf(ref), timer);
    return true;
  }

  #key({ organisationId, contactId }: ContactRef): DraftKey {
    return { origin: this.#origin, organisationId, contactId };
  }

  #set(ref: ContactRef, state: Saving): void {
    const waits =
      state.kind === 'waiting' || (state.kind === 'failed' && ApiError.is(state.error, 'unauthorised'));
    if (waits) this.#interrupted.set(keyOf(ref), ref);
    else this.#interrupted.delete(keyOf(ref));
    // A wait is between two tries of the same save.
    if (!['idle', 'saving', 'waiting'].includes(state.kind)) this.#backoffs.delete(keyOf(ref));
    this.#states.set(keyOf(ref), state);
    this.#changed.fire(ref);
  }
}

const isWrong = (edits: Edits) =>
  fieldNames.some((field) => validate(field, edits[field] ?? '')?.kind === 'wrong');

export function newDraft(title = '', organisation = ''): Draft {
  return { edits: {}, base: {}, since: new Date().toISOString(), revision: 0, title, organisation };
}
