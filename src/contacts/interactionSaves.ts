/**
 * What becomes of interactions that are logged or changed here. A POST is never repeated by itself: where
 * its answer was lost, a person has Ctrl Hub looked at.
 */
import type { ContactRef } from '../api/contacts';
import { isOutcomeUnknown } from '../api/errors';
import { pause } from '../base/abort';
import type { Clock } from '../base/clock';
import { Emitter } from '../base/event';
import { type Logger, logUnexpected } from '../base/log';
import type { Runtime } from '../base/runtime';
import { changeInteraction } from './changeInteraction';
import { keyOf } from './contact';
import type { ContactStore } from './contactStore';
import { findInteraction } from './findInteraction';
import {
  type InteractionDraft,
  type InteractionDraftKey,
  type InteractionValues,
  interactionFields,
  newOne,
  toAttributes,
} from './interactionDraft';
import type { InteractionDraftStore } from './interactionDraftStore';
import type { InteractionWork } from './interactionWork';
import { linked } from './related';
import type { RelatedStore } from './relatedStore';

const idle: InteractionWork = { kind: 'idle' };
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
  readonly #clock: Clock;
  readonly #log: Logger;

  constructor(
    origin: string,
    contacts: ContactStore,
    related: RelatedStore,
    interactionDrafts: InteractionDraftStore,
    { clock, log }: Runtime,
  ) {
    this.#origin = origin;
    this.#contacts = contacts;
    this.#related = related;
    this.#interactionDrafts = interactionDrafts;
    this.#clock = clock;
    this.#log = log;
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
      const state =
        what === newOne
          ? await this.#post(ref, draft)
          : await changeInteraction(this.#related, ref.organisationId, what, draft);
      if (state.kind === 'done') this.#finish(ref, what, draft);
      this.#set(ref, what, state);
    } catch (error) {
      logUnexpected(this.#log, 'save interaction', error);
      this.#set(ref, what, { kind: 'failed', error });
    }
  }

  /** Whether what was sent is there after all. */
  async look(ref: ContactRef): Promise<void> {
    const draft = this.draft(ref, newOne);
    if (draft === undefined || this.state(ref, newOne).kind === 'sending') return;
    this.#set(ref, newOne, { kind: 'sending' });
    try {
      const looked = await this.#arrived(ref);
      // The window that sent it knows what became of it.
      if (!looked?.sent) return this.#set(ref, newOne, looked === undefined ? { kind: 'done' } : idle);
      const { values } = looked.sent;
      const found = await findInteraction(this.#contacts, this.#related, ref, values);
      // It may be among those.
      if (found === 'notAllRead') return this.#set(ref, newOne, { kind: 'unknown', partly: true });
      if (found === 'there') this.#finish(ref, newOne, { ...looked, values });
      else this.#mark(ref, undefined);
      this.#set(ref, newOne, { kind: found === 'there' ? 'done' : 'notThere' });
    } catch (error) {
      logUnexpected(this.#log, 'look for interaction', error);
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
    this.#interactionDrafts.set(this.#key(ref, what), {
      ...draft,
      values,
      base: { ...draft.base, ...theirs },
    });
    await this.send(ref, what);
  }

  /** Nobody is there any more who was told what was done. */
  told(ref: ContactRef): void {
    for (const [key, { kind }] of this.#states)
      if (kind === 'done' && JSON.parse(key)[0] === keyOf(ref)) this.#states.delete(key);
  }

  dispose(): void {
    this.#disposed.abort();
    this.#changed.dispose();
  }

  async #post(ref: ContactRef, draft: InteractionDraft): Promise<InteractionWork> {
    const contact = this.#contacts.document(ref)?.resource;
    if (contact === undefined) return idle;
    // On the disk before it is on its way: a window that dies meanwhile must not lead to a second one.
    const { values } = draft;
    const sent = { values, since: this.#clock.now() };
    this.#mark(ref, sent);
    await this.#interactionDrafts.flush();
    // Another window was faster: what came from the disk stands in our mark's place.
    if (this.draft(ref, newOne)?.sent !== sent) return idle;
    try {
      await this.#related.logInteraction(ref, {
        type: linked(contact, 'interactions')?.[0]?.type,
        attributes: toAttributes(values, interactionFields),
        contact: { id: contact.id, type: contact.type },
        account: linked(contact, 'accounts')?.find(({ id }) => id === values.account),
      });
    } catch (error) {
      logUnexpected(this.#log, 'log interaction', error);
      const isUnknown = isOutcomeUnknown(error);
      this.#mark(ref, isUnknown ? { values } : undefined);
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
      const age = this.#clock.now() - (draft?.sent?.since ?? 0);
      // A clock that was put back tells nothing.
      if (age < 0 || age > longestSending) return draft;
      await pause(100, this.#disposed.signal, this.#clock);
    }
  }

  /** What was thrown away meanwhile stays away. */
  #mark(ref: ContactRef, sent: InteractionDraft['sent']): void {
    const now = this.draft(ref, newOne);
    if (now) this.#interactionDrafts.set(this.#key(ref, newOne), { ...now, sent });
  }

  /** What was typed meanwhile stays. */
  #finish(ref: ContactRef, what: string, sent: InteractionDraft): void {
    const now = this.draft(ref, what);
    const same = interactionFields.every((field) => now?.values[field] === sent.values[field]);
    const left =
      same || now === undefined
        ? undefined
        : { values: now.values, base: sent.values, revision: now.revision };
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
