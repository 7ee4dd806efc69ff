/** Sends new and changed interactions and keeps the state of each, with or without a panel. */
import type { ContactRef } from '../../../api/contacts';
import type { Logger } from '../../../base/log';
import type { Runtime } from '../../../base/runtime';
import { keyAt } from '../../../protocol/contactKey';
import {
  type InteractionDraft,
  type InteractionDraftKey,
  type InteractionValues,
  interactionKeyText,
  newInteractionId,
} from '../../drafts/interactionDraft';
import type { InteractionDraftStore } from '../../drafts/interactionDraftStore';
import type { ContactStore } from '../../lists/contactStore';
import { keyOf } from '../../model/contact';
import type { RelatedStore } from '../../related/relatedStore';
import { WorkStates } from '../workStates';
import { changeInteraction } from './changeInteraction';
import { afterRefusedChange } from './changeMarks';
import type { InteractionWork } from './interactionWork';
import { NewInteractions } from './newInteractions';

const idle: InteractionWork = { kind: 'idle' };

export class InteractionSaves {
  readonly #origin: string;
  readonly #related: RelatedStore;
  readonly #interactionDrafts: InteractionDraftStore;
  readonly #newInteractions: NewInteractions;
  readonly #work: WorkStates<InteractionDraftKey, InteractionWork>;
  readonly #log: Logger;
  readonly onDidChange;

  constructor(
    origin: string,
    contacts: ContactStore,
    related: RelatedStore,
    interactionDrafts: InteractionDraftStore,
    runtime: Runtime,
  ) {
    this.#origin = origin;
    this.#related = related;
    this.#interactionDrafts = interactionDrafts;
    this.#newInteractions = new NewInteractions(contacts, related, interactionDrafts, runtime);
    this.#log = runtime.log;
    this.#work = new WorkStates({ keyOf: interactionKeyText, busy: ['sending'] }, runtime.log);
    this.onDidChange = this.#work.onDidChange;
  }

  draft(ref: ContactRef, interactionId: string): InteractionDraft | undefined {
    return this.#interactionDrafts.get(this.#key(ref, interactionId));
  }

  state(ref: ContactRef, interactionId: string): InteractionWork {
    const state = this.#work.get(this.#key(ref, interactionId)) ?? idle;
    const sent = interactionId === newInteractionId ? this.draft(ref, interactionId)?.sent : undefined;
    // The state belongs to an earlier attempt if another window sent the interaction.
    if (sent === undefined || state.kind === 'sending' || state.kind === 'unknown') return state;
    return sent.since === undefined ? { kind: 'unknown' } : { kind: 'unknown', elsewhere: true };
  }

  /** @param base the values of the fields before the user types */
  start(ref: ContactRef, interactionId: string, base: InteractionValues): void {
    if (this.draft(ref, interactionId) !== undefined) return;
    this.#interactionDrafts.begin(this.#key(ref, interactionId), base);
    this.#work.set(this.#key(ref, interactionId), idle);
  }

  drop(ref: ContactRef, interactionId: string): void {
    const key = this.#key(ref, interactionId);
    if (this.#work.isBusy(key)) return;
    const draft = this.draft(ref, interactionId);
    if (draft && interactionId === newInteractionId) this.#newInteractions.drop(key, draft);
    this.#interactionDrafts.set(key, undefined);
    this.#work.set(key, idle);
  }

  async send(ref: ContactRef, interactionId: string): Promise<void> {
    const key = this.#key(ref, interactionId);
    const draft = this.draft(ref, interactionId);
    const isNew = interactionId === newInteractionId;
    // The interaction may exist already. Only a search can tell, whatever the panel requests.
    if (draft === undefined || (isNew && draft.sent)) return;
    const isUnmarked = this.state(ref, interactionId).kind === 'unmarked';
    await this.#work.run(
      key,
      'save interaction',
      { kind: 'sending' },
      () => (isNew ? this.#newInteractions.log(key, draft, isUnmarked) : this.#change(key, draft)),
      (error) => ({ kind: 'failed', error }),
    );
  }

  /** Searches Ctrl Hub for a sent interaction. */
  async search(ref: ContactRef): Promise<void> {
    const key = this.#key(ref, newInteractionId);
    if (this.draft(ref, newInteractionId) === undefined) return;
    const waiting = (is: boolean) =>
      this.#work.set(key, is ? { kind: 'sending', waiting: true } : { kind: 'sending' });
    await this.#work.run(
      key,
      'search for interaction',
      { kind: 'sending' },
      () => this.#newInteractions.find(key, waiting),
      (error) => ({ kind: 'unknown', error }),
    );
  }

  /** Resolves a conflict with the values of one side. */
  async resolve(ref: ContactRef, interactionId: string, choice: 'mine' | 'theirs'): Promise<void> {
    const state = this.state(ref, interactionId);
    const draft = this.draft(ref, interactionId);
    if (state.kind !== 'conflict' || draft === undefined) return;
    const theirs = Object.fromEntries(state.fields.map((field) => [field, state.theirs[field] ?? '']));
    const values = choice === 'mine' ? draft.values : { ...draft.values, ...theirs };
    this.#interactionDrafts.set(this.#key(ref, interactionId), {
      // A sent value that comes back is the other user's.
      ...afterRefusedChange(draft, theirs),
      values,
      base: { ...draft.base, ...theirs },
    });
    await this.send(ref, interactionId);
  }

  /** Forgets finished work, because the panel that showed it is closed. */
  forgetDone(ref: ContactRef): void {
    this.#work.forgetDone((key) => keyOf(key) === keyOf(ref));
  }

  dispose(): void {
    this.#newInteractions.dispose();
    this.#work.dispose();
  }

  async #change(key: InteractionDraftKey, draft: InteractionDraft): Promise<InteractionWork> {
    const { organisationId, interactionId } = key;
    const state = await changeInteraction(
      this.#related,
      organisationId,
      interactionId,
      draft,
      (change) => {
        const now = this.#interactionDrafts.get(key);
        if (now) this.#interactionDrafts.set(key, change(now));
        // Stores the sent values before the response: after a crash, the next window must recognise them.
        void this.#interactionDrafts.flush();
      },
      this.#log,
    );
    if (state.kind === 'done') this.#interactionDrafts.finish(key, draft.values);
    return state;
  }

  #key(ref: ContactRef, interactionId: string): InteractionDraftKey {
    return { ...keyAt(this.#origin, ref), interactionId };
  }
}
