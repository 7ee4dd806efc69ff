/**
 * What becomes of interactions that are logged or changed here. A POST is never repeated by itself: where
 * its answer was lost, a person has Ctrl Hub looked at.
 */
import type { ContactDocument, ContactRef } from '../api/contacts';
import { ApiError } from '../api/errors';
import { pause } from '../base/abort';
import { Emitter } from '../base/event';
import { keyOf } from './contact';
import type { ContactStore } from './contactStore';
import {
  changeable,
  type InteractionDraft,
  type InteractionDraftKey,
  type InteractionField,
  type InteractionValues,
  interactionFields,
  interactionValues,
  newOne,
  toAttributes,
  typedIn,
} from './interactionDraft';
import type { InteractionDraftStore } from './interactionDraftStore';
import { linked } from './related';
import type { RelatedStore } from './relatedStore';
import { isIt, isSame, isUnchanged } from './sameInteraction';
import { mayBeDone } from './saveContact';

export type InteractionWork =
  | { readonly kind: 'idle' }
  | { readonly kind: 'sending' }
  | { readonly kind: 'done' }
  /** Refused: nothing was carried out. */
  | { readonly kind: 'failed'; readonly error: unknown }
  /** The answer was lost. */
  | { readonly kind: 'unknown'; readonly error?: unknown }
  /** The answer was lost, and Ctrl Hub does not have what was sent. */
  | { readonly kind: 'notThere' }
  /** Ctrl Hub answered, and kept what it had. */
  | { readonly kind: 'notTaken' }
  /** Somebody else changed these fields since it was begun. */
  | {
      readonly kind: 'conflict';
      readonly fields: readonly InteractionField[];
      readonly theirs: InteractionValues;
    };

const idle: InteractionWork = { kind: 'idle' };
/** Interactions that a look reads, where they did not come with the contact. */
const mostRead = 20;
/** Milliseconds, with a renewal of the session: a window that was killed leaves its mark behind. */
const longestSending = 45_000;

export class InteractionSaves {
  readonly #origin: string;
  readonly #contacts: ContactStore;
  readonly #related: RelatedStore;
  readonly #interactionDrafts: InteractionDraftStore;
  readonly #states = new Map<string, InteractionWork>();
  readonly #changed = new Emitter<ContactRef>();
  readonly onDidChange = this.#changed.event;
  readonly #disposed = new AbortController();

  constructor(
    origin: string,
    contacts: ContactStore,
    related: RelatedStore,
    interactionDrafts: InteractionDraftStore,
  ) {
    this.#origin = origin;
    this.#contacts = contacts;
    this.#related = related;
    this.#interactionDrafts = interactionDrafts;
  }

  draft(ref: ContactRef, what: string): InteractionDraft | undefined {
    return this.#interactionDrafts.get(this.#key(ref, what));
  }

  state(ref: ContactRef, what: string): InteractionWork {
    const state = this.#states.get(stateKey(ref, what)) ?? idle;
    return state.kind === 'idle' && this.draft(ref, what)?.sent ? { kind: 'unknown' } : state;
  }

  /** @param base what the fields hold before anything is typed */
  start(ref: ContactRef, what: string, base: InteractionValues): void {
    if (this.draft(ref, what) !== undefined) return;
    this.#interactionDrafts.set(this.#key(ref, what), { values: base, base });
    this.#set(ref, what, idle);
  }

  type(ref: ContactRef, what: string, field: InteractionField, value: string): void {
    const draft = this.draft(ref, what);
    if (draft === undefined) return;
    this.#interactionDrafts.set(this.#key(ref, what), {
      ...draft,
      values: { ...draft.values, [field]: value },
    });
  }

  drop(ref: ContactRef, what: string): void {
    if (this.state(ref, what).kind === 'sending') return;
    this.#interactionDrafts.set(this.#key(ref, what), undefined);
    this.#set(ref, what, idle);
  }

  async send(ref: ContactRef, what: string): Promise<void> {
    const draft = this.draft(ref, what);
    if (draft === undefined || this.state(ref, what).kind === 'sending') return;
    // It may be there already: only a look can tell, whatever the panel asks for.
    if (what === newOne && draft.sent) return;
    this.#set(ref, what, { kind: 'sending' });
    try {
      const state = what === newOne ? await this.#log(ref, draft) : await this.#change(ref, what, draft);
      if (state.kind === 'done') this.#finish(ref, what, draft);
      this.#set(ref, what, state);
    } catch (error) {
      this.#set(ref, what, { kind: 'failed', error });
    }
  }

  /** Whether what was sent is there after all. */
  async look(ref: ContactRef): Promise<void> {
    const draft = this.draft(ref, newOne);
    if (draft === undefined || this.state(ref, newOne).kind === 'sending') return;
    this.#set(ref, newOne, { kind: 'sending' });
    try {
      const sent = await this.#arrived(ref);
      // The window that sent it knows what became of it.
      if (!sent?.sent) return this.#set(ref, newOne, sent === undefined ? { kind: 'done' } : idle);
      const found = await this.#find(ref, sent.values);
      if (found) this.#finish(ref, newOne, sent);
      else this.#mark(ref, sent);
      this.#set(ref, newOne, { kind: found ? 'done' : 'notThere' });
    } catch (error) {
      this.#set(ref, newOne, { kind: 'unknown', error });
    }
  }

  /** Goes on with one side of what both changed. */
  async resolve(ref: ContactRef, what: string, choice: 'mine' | 'theirs'): Promise<void> {
    const state = this.state(ref, what);
    const draft = this.draft(ref, what);
    if (state.kind !== 'conflict' || draft === undefined) return;
    const theirs = Object.fromEntries(state.fields.map((field) => [field, state.theirs[field] ?? '']));
    const values = choice === 'mine' ? draft.values : { ...draft.values, ...theirs };
    this.#interactionDrafts.set(this.#key(ref, what), { values, base: { ...draft.base, ...theirs } });
    await this.send(ref, what);
  }

  /** Nobody is there any more who was told what was done. */
  told(ref: ContactRef): void {
    const mine = JSON.stringify([keyOf(ref)]).slice(0, -1);
    for (const [key, { kind }] of this.#states)
      if (kind === 'done' && key.startsWith(`${mine},`)) this.#states.delete(key);
  }

  dispose(): void {
    this.#disposed.abort();
    this.#changed.dispose();
  }

  async #log(ref: ContactRef, draft: InteractionDraft): Promise<InteractionWork> {
    const contact = this.#contacts.document(ref)?.resource;
    if (contact === undefined) return idle;
    // On the disk before it is on its way: a window that dies meanwhile must not lead to a second one.
    this.#mark(ref, draft, true, Date.now());
    await this.#interactionDrafts.flush();
    const { values } = draft;
    try {
      await this.#related.logInteraction(ref, {
        type: linked(contact, 'interactions')[0]?.type,
        attributes: toAttributes(values, interactionFields),
        contact: { id: contact.id, type: contact.type },
        account: linked(contact, 'accounts').find(({ id }) => id === values.account),
      });
    } catch (error) {
      const isUnknown = !(error instanceof ApiError) || mayBeDone(error);
      this.#mark(ref, draft, isUnknown || undefined);
      if (isUnknown) return { kind: 'unknown', error };
      throw error;
    }
    // It is there already: a reading that fails takes nothing away from it.
    await this.#contacts.load(ref).catch(() => undefined);
    return { kind: 'done' };
  }

  /** Waits while another window has it on its way: who looks before it is there would send it again. */
  async #arrived(ref: ContactRef): Promise<InteractionDraft | undefined> {
    for (;;) {
      const draft = this.draft(ref, newOne);
      const age = Date.now() - (draft?.sendingSince ?? 0);
      // A clock that was put back tells nothing.
      if (age < 0 || age > longestSending) return draft;
      await pause(100, this.#disposed.signal);
    }
  }

  #mark(ref: ContactRef, draft: InteractionDraft, sent?: true, sendingSince?: number): void {
    const now = this.draft(ref, newOne) ?? draft;
    this.#interactionDrafts.set(this.#key(ref, newOne), { ...now, sent, sendingSince });
  }

  async #change(
    { organisationId }: ContactRef,
    id: string,
    draft: InteractionDraft,
  ): Promise<InteractionWork> {
    const { values, base } = draft;
    const mine = changeable.filter((field) => typedIn(draft).includes(field));
    for (let round = 0; ; round++) {
      const latest = await this.#related.readInteraction(organisationId, id);
      const theirs = interactionValues(latest.resource);
      const fields = mine.filter(
        (field) => !isUnchanged(field, theirs[field], base[field]) && theirs[field] !== values[field],
      );
      if (fields.length > 0) return { kind: 'conflict', fields, theirs };
      const left = mine.filter((field) => theirs[field] !== values[field]);
      if (left.length === 0) return { kind: 'done' };
      try {
        await this.#put(organisationId, latest, toAttributes(values, left));
        return this.#taken(organisationId, id, left, theirs, values)
          ? { kind: 'done' }
          : { kind: 'notTaken' };
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.reason === 'conflict' && round === 0) continue;
        if (!mayBeDone(error)) throw error;
        const now = await this.#related.readInteraction(organisationId, id).catch(() => undefined);
        if (now === undefined) return { kind: 'unknown', error };
        return left.every((field) => isSame(field, interactionValues(now.resource)[field], values[field]))
          ? { kind: 'done' }
          : { kind: 'notThere' };
      }
    }
  }

  /** With every attribute as it was read. One that Ctrl Hub gives and does not take back is left out. */
  async #put(organisationId: string, latest: ContactDocument, changes: Readonly<Record<string, unknown>>) {
    const { id, type } = latest.resource;
    const attributes = { ...latest.resource.attributes, ...changes };
    try {
      await this.#related.saveInteraction(organisationId, latest, { id, type, attributes });
    } catch (error) {
      if (!ApiError.is(error, 'invalid')) throw error;
      const names = error.problems.map(({ field }) => field ?? '');
      const refused = names.filter(
        (name) => Object.hasOwn(attributes, name) && !Object.hasOwn(changes, name),
      );
      if (refused.length === 0 || refused.length < names.length) throw error;
      const kept = Object.entries(attributes).filter(([name]) => !refused.includes(name));
      const update = { id, type, attributes: Object.fromEntries(kept) };
      await this.#related.saveInteraction(organisationId, latest, update);
    }
  }

  /** Each of them: one that was dropped in silence would be lost with the form. */
  #taken(
    organisationId: string,
    id: string,
    sent: readonly InteractionField[],
    before: InteractionValues,
    values: InteractionValues,
  ): boolean {
    const load = this.#related.load(organisationId, 'interactions', id);
    if (load?.kind !== 'loaded') return true;
    const now = interactionValues(load.document.resource);
    return sent.every((field) => now[field] !== before[field] || isSame(field, now[field], values[field]));
  }

  async #find(ref: ContactRef, sent: InteractionValues): Promise<boolean> {
    const { organisationId } = ref;
    const { resource, included } = await this.#contacts.load(ref);
    const links = linked(resource, 'interactions');
    const came = new Map(included.map((one) => [one.id, one]));
    if (links.some(({ id }) => isIt(came.get(id), sent))) return true;
    const unread = links.filter(({ id }) => !came.has(id));
    // The newest is the first in one order, and the last in the other.
    for (const { id } of [
      ...unread.slice(-mostRead / 2),
      ...unread.slice(0, -mostRead / 2).slice(0, mostRead / 2),
    ]) {
      const one = await this.#related.readInteraction(organisationId, id);
      if (isIt(one.resource, sent)) return true;
    }
    return false;
  }

  /** What was typed meanwhile stays. */
  #finish(ref: ContactRef, what: string, sent: InteractionDraft): void {
    const now = this.draft(ref, what);
    const same = interactionFields.every((field) => now?.values[field] === sent.values[field]);
    const left = same || now === undefined ? undefined : { values: now.values, base: sent.values };
    this.#interactionDrafts.set(this.#key(ref, what), left);
  }

  #key({ organisationId, contactId }: ContactRef, what: string): InteractionDraftKey {
    return { origin: this.#origin, organisationId, contactId, what };
  }

  #set(ref: ContactRef, what: string, state: InteractionWork): void {
    this.#states.set(stateKey(ref, what), state);
    this.#changed.fire(ref);
  }
}

const stateKey = (ref: ContactRef, what: string) => JSON.stringify([keyOf(ref), what]);
