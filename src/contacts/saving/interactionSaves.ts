/**
 * Sends new and changed interactions and keeps the state of each. A POST is never repeated automatically: if
 * its response does not show the interaction, this class searches Ctrl Hub for it.
 */
import type { ContactRef } from '../../api/contacts';
import { identityOf } from '../../api/http/document';
import { ApiError, isOutcomeUnknown } from '../../api/http/errors';
import { Emitter } from '../../base/event';
import { type Logger, logUnexpected } from '../../base/log';
import type { Runtime } from '../../base/runtime';
import {
  changeable,
  type InteractionDraft,
  type InteractionDraftKey,
  type InteractionValues,
  interactionFields,
  newForm,
  newInteractionId,
  type Sent,
  toAttributes,
} from '../drafts/interactionDraft';
import type { InteractionDraftStore } from '../drafts/interactionDraftStore';
import type { ContactStore } from '../lists/contactStore';
import { keyOf } from '../model/contact';
import { linked } from '../model/related';
import type { RelatedStore } from '../related/relatedStore';
import { changeInteraction } from './changeInteraction';
import { type FoundInteraction, findInteraction } from './findInteraction';
import { keepsNotes } from './interactionMatch';
import type { InteractionWork } from './interactionWork';
import { AccountGone, type Attempt, RightLost, rightTo, SendingMarks } from './sendingMarks';

const idle: InteractionWork = { kind: 'idle' };
/** The maximum number of interactions in a mark, which is written again at every keystroke. */
const maxBefore = 1_000;

export class InteractionSaves {
  readonly #origin: string;
  readonly #contacts: ContactStore;
  readonly #related: RelatedStore;
  readonly #interactionDrafts: InteractionDraftStore;
  readonly #states = new Map<string, InteractionWork>();
  readonly #changed = new Emitter<ContactRef>();
  readonly onDidChange = this.#changed.event;
  readonly #marks: SendingMarks;
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
    this.#marks = new SendingMarks(interactionDrafts, clock);
    this.#log = log;
  }

  draft(ref: ContactRef, what: string): InteractionDraft | undefined {
    return this.#interactionDrafts.get(this.#key(ref, what));
  }

  state(ref: ContactRef, what: string): InteractionWork {
    const state = this.#states.get(stateKey(ref, what)) ?? idle;
    const sent = what === newInteractionId ? this.draft(ref, what)?.sent : undefined;
    // The state belongs to an earlier attempt if another window sent the interaction.
    if (sent === undefined || state.kind === 'sending' || state.kind === 'unknown') return state;
    return sent.since === undefined ? { kind: 'unknown' } : { kind: 'unknown', elsewhere: true };
  }

  /** @param base the values of the fields before the user types */
  start(ref: ContactRef, what: string, base: InteractionValues): void {
    if (this.draft(ref, what) !== undefined) return;
    this.#interactionDrafts.begin(this.#key(ref, what), base);
    this.#set(ref, what, idle);
  }

  drop(ref: ContactRef, what: string): void {
    if (this.state(ref, what).kind === 'sending') return;
    const draft = this.draft(ref, what);
    if (draft?.sent && what === newInteractionId) this.#marks.settle(this.#key(ref, what), rightTo(draft));
    this.#interactionDrafts.set(this.#key(ref, what), undefined);
    this.#set(ref, what, idle);
  }

  async send(ref: ContactRef, what: string): Promise<void> {
    const draft = this.draft(ref, what);
    const { kind } = this.state(ref, what);
    if (draft === undefined || kind === 'sending') return;
    // The interaction may exist already. Only a search can tell, whatever the panel requests.
    if (what === newInteractionId && draft.sent) return;
    this.#set(ref, what, { kind: 'sending' });
    try {
      if (what === newInteractionId) {
        this.#set(ref, what, await this.#post(ref, draft, kind === 'unmarked'));
        return;
      }
      const state = await changeInteraction(
        this.#related,
        ref.organisationId,
        what,
        draft,
        (change) => {
          const now = this.draft(ref, what);
          if (now) this.#interactionDrafts.set(this.#key(ref, what), change(now));
          // Stores the sent values before the response: after a crash, the next window must recognise them.
          void this.#interactionDrafts.flush();
        },
        this.#log,
      );
      if (state.kind === 'done') this.#finish(ref, what, draft.values);
      this.#set(ref, what, state);
    } catch (error) {
      logUnexpected(this.#log, 'save interaction', error);
      this.#set(ref, what, { kind: 'failed', error });
    }
  }

  /** Searches Ctrl Hub for a sent interaction. */
  async look(ref: ContactRef): Promise<void> {
    const draft = this.draft(ref, newInteractionId);
    if (draft === undefined || this.state(ref, newInteractionId).kind === 'sending') return;
    this.#set(ref, newInteractionId, { kind: 'sending' });
    const key = this.#key(ref, newInteractionId);
    const waiting = () => this.#set(ref, newInteractionId, { kind: 'sending', waiting: true });
    try {
      const looked = await this.#marks.whenOver(key, waiting);
      // The window that sent the interaction knows its outcome.
      if (looked?.sent === undefined)
        return this.#set(ref, newInteractionId, looked === undefined ? { kind: 'done' } : idle);
      this.#set(ref, newInteractionId, { kind: 'sending' });
      const { sent } = looked;
      const found = await this.#find(ref, sent);
      // Another window also searched and then sent again; the outcome of that attempt is unknown.
      if (!this.#marks.isCurrent(key, sent) || (await this.#marks.isOvertaken(key, sent)))
        return this.#set(ref, newInteractionId, idle);
      const right = rightTo(looked);
      if (found.kind === 'absent') await this.#marks.withdraw(key, right, sent);
      else this.#marks.leave(key, right, sent);
      this.#set(ref, newInteractionId, this.#conclude(ref, { right, sent }, found));
    } catch (error) {
      logUnexpected(this.#log, 'look for interaction', error);
      this.#set(ref, newInteractionId, { kind: 'unknown', error });
    }
  }

  /** Resolves a conflict with the values of one side. */
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

  /** Forgets finished work, because the panel that showed it is closed. */
  forgetDone(ref: ContactRef): void {
    for (const [key, { kind }] of this.#states)
      if (kind === 'done' && JSON.parse(key)[0] === keyOf(ref)) this.#states.delete(key);
  }

  dispose(): void {
    this.#marks.dispose();
    this.#changed.dispose();
  }

  /** @param unmarked true to send although the disk cannot store the mark, as the user requested */
  async #post(ref: ContactRef, draft: InteractionDraft, unmarked: boolean): Promise<InteractionWork> {
    const contact = this.#contacts.document(ref)?.resource;
    if (contact === undefined) return idle;
    const { values } = draft;
    const key = this.#key(ref, newInteractionId);
    const known = linked(contact, 'interactions');
    const before = known && [...known, ...this.#related.logged(ref)].map(identityOf).slice(0, maxBefore);
    // The mark is stored before sending: if this window dies, no other window may send the interaction again.
    const marked = await this.#marks.begin(key, draft, before, unmarked);
    if (marked.kind !== 'ours') return marked.kind === 'refused' ? { kind: 'unmarked' } : idle;
    const { sent, right } = marked;
    let failure: ApiError | undefined;
    try {
      const interaction = {
        type: known?.[0]?.type,
        attributes: toAttributes(values, interactionFields),
        contact: { id: contact.id, type: contact.type },
        account: linked(contact, 'accounts')?.find(({ id }) => id === values.account),
      };
      const confirm = () => this.#marks.confirm(key, marked, unmarked);
      const one = await this.#related.logInteraction(ref, interaction, confirm);
      if (one !== undefined) {
        const found: FoundInteraction = keepsNotes(one, values)
          ? { kind: 'there', one }
          : { kind: 'alike', ones: [one] };
        this.#marks.leave(key, right, sent);
        // The interaction exists, even if this read fails.
        await this.#contacts.load(ref).catch((error) => logUnexpected(this.#log, 'read contact', error));
        return this.#conclude(ref, marked, found);
      }
    } catch (caught) {
      if (caught instanceof RightLost) return idle;
      const error = caught instanceof AccountGone ? new ApiError('unauthorised') : caught;
      logUnexpected(this.#log, 'log interaction', error);
      if (!(error instanceof ApiError && isSuccess(error))) {
        if (!isOutcomeUnknown(error)) {
          await this.#marks.withdraw(key, right, sent);
          throw error;
        }
        this.#marks.leave(key, right, sent);
        return { kind: 'unknown', error };
      }
      failure = error;
    }
    this.#marks.leave(key, right, sent);
    return this.#verify(ref, marked, failure);
  }

  /**
   * Searches for an interaction that Ctrl Hub accepted but did not return.
   * @param failure the response's error
   */
  async #verify(ref: ContactRef, marked: Attempt, failure: ApiError | undefined): Promise<InteractionWork> {
    try {
      const found = await this.#find(ref, marked.sent);
      if (found.kind !== 'absent') return this.#conclude(ref, marked, found);
      // Errors in place of the interaction are a refusal. Without errors, the interaction may be queued.
      if (failure === undefined || failure.problems.length === 0)
        return { kind: 'unknown', accepted: true, ...(failure && { error: failure }) };
      await this.#marks.withdraw(this.#key(ref, newInteractionId), marked.right, marked.sent);
      return { kind: 'failed', error: failure };
    } catch (error) {
      logUnexpected(this.#log, 'look for interaction', error);
      return { kind: 'unknown', error };
    }
  }

  #find(ref: ContactRef, sent: Sent): Promise<FoundInteraction> {
    return findInteraction(this.#contacts, this.#related, ref, sent, this.#log);
  }

  #conclude(ref: ContactRef, { right, sent }: Attempt, found: FoundInteraction): InteractionWork {
    switch (found.kind) {
      case 'there':
        this.#marks.settle(this.#key(ref, newInteractionId), right);
        this.#finish(ref, newInteractionId, sent.values);
        return { kind: 'done' };
      case 'absent':
        return { kind: 'notThere' };
      case 'alike':
        return { kind: 'unknown', alike: found.ones };
      case 'notAllRead':
        return {
          kind: 'unknown',
          partly: true,
          ...(found.error === undefined ? {} : { error: found.error }),
        };
    }
  }

  /**
   * Ends the draft. Text typed during the send stays, and the text of another window continues from the sent
   * one.
   */
  #finish(ref: ContactRef, what: string, sent: InteractionValues): void {
    const key = this.#key(ref, what);
    const now = this.draft(ref, what);
    if (now === undefined) return;
    const same = interactionFields.every((field) => now.values[field] === sent[field]);
    const others = now.others ?? [];
    const other = others.at(-1);
    if (same && other === undefined)
      this.#interactionDrafts.end(key, {
        saved: what === newInteractionId ? [] : changeable,
        logged: now.form,
      });
    else
      this.#interactionDrafts.set(key, {
        values: same ? { ...now.values, ...other } : now.values,
        base: sent,
        others: same ? others.slice(0, -1) : others,
        ...(what === newInteractionId ? { form: newForm() } : {}),
      });
  }

  #key({ organisationId, contactId }: ContactRef, what: string): InteractionDraftKey {
    return { origin: this.#origin, organisationId, contactId, what };
  }

  #set(ref: ContactRef, what: string, state: InteractionWork): void {
    this.#states.set(stateKey(ref, what), state);
    this.#changed.fire(ref);
  }
}

/** Returns true for a success status whose body is not the interaction. */
const isSuccess = ({ status = 0 }: ApiError) => status >= 200 && status < 300;

const stateKey = (ref: ContactRef, what: string) => JSON.stringify([keyOf(ref), what]);
