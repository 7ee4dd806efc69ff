/**
 * Logs new interactions: one POST each, which is never repeated automatically. If its response does not show
 * the interaction, a search in Ctrl Hub tells what became of it.
 */
import { identityOf } from '../../../api/http/document';
import { ApiError, isOutcomeUnknown } from '../../../api/http/errors';
import type { Disposable } from '../../../base/event';
import { attempt, type Logger, logUnexpected } from '../../../base/log';
import type { Runtime } from '../../../base/runtime';
import {
  type InteractionDraft,
  type InteractionDraftKey,
  interactionFields,
  toAttributes,
} from '../../drafts/interactionDraft';
import type { InteractionDraftStore } from '../../drafts/interactionDraftStore';
import type { ContactStore } from '../../lists/contactStore';
import { linked } from '../../model/related';
import type { RelatedStore } from '../../related/relatedStore';
import { type FoundInteraction, findInteraction } from './findInteraction';
import { keepsNotes } from './interactionMatch';
import type { InteractionWork } from './interactionWork';
import { AccountGone, type Attempt, RightLost, rightTo, SendingMarks } from './sendingMarks';

/** The maximum number of interactions in a mark, which is written again at every keystroke. */
const maxBefore = 1_000;
/** The name of a search in the log. */
const searching = 'search for interaction';

export class NewInteractions implements Disposable {
  readonly #contacts: ContactStore;
  readonly #related: RelatedStore;
  readonly #drafts: InteractionDraftStore;
  readonly #marks: SendingMarks;
  readonly #log: Logger;

  constructor(
    contacts: ContactStore,
    related: RelatedStore,
    drafts: InteractionDraftStore,
    { clock, log }: Runtime,
  ) {
    this.#contacts = contacts;
    this.#related = related;
    this.#drafts = drafts;
    this.#marks = new SendingMarks(drafts, clock);
    this.#log = log;
  }

  /**
   * @param isUnmarked true to send although the disk cannot store the mark, as the user requested
   * @throws ApiError if the API refused and nothing was logged
   */
  async log(
    key: InteractionDraftKey,
    draft: InteractionDraft,
    isUnmarked: boolean,
  ): Promise<InteractionWork> {
    const contact = this.#contacts.document(key)?.resource;
    if (contact === undefined) return { kind: 'idle' };
    const { values } = draft;
    const known = linked(contact, 'interactions');
    const before = known && [...known, ...this.#related.logged(key)].map(identityOf).slice(0, maxBefore);
    // The mark is stored before sending: if this window dies, no other window may send the interaction again.
    const marked = await this.#marks.begin(key, draft, before, isUnmarked);
    if (marked.kind !== 'ours') return { kind: marked.kind === 'refused' ? 'unmarked' : 'idle' };
    const { sent, right } = marked;
    let failure: ApiError | undefined;
    try {
      const interaction = {
        type: known?.[0]?.type,
        attributes: toAttributes(values, interactionFields),
        contact: { id: contact.id, type: contact.type },
        account: linked(contact, 'accounts')?.find(({ id }) => id === values.account),
      };
      const confirm = () => this.#marks.confirm(key, marked, isUnmarked);
      const one = await this.#related.logInteraction(key, interaction, confirm);
      if (one !== undefined) {
        const found: FoundInteraction = keepsNotes(one, values)
          ? { kind: 'there', one }
          : { kind: 'alike', ones: [one] };
        this.#marks.leave(key, right, sent);
        // The interaction exists, even if this read fails.
        await this.#contacts.load(key).catch((error) => logUnexpected(this.#log, 'read contact', error));
        return this.#conclude(key, marked, found);
      }
    } catch (caught) {
      if (caught instanceof RightLost) return { kind: 'idle' };
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
    return this.#verify(key, marked, failure);
  }

  /**
   * Searches Ctrl Hub for a sent interaction.
   * @param isWaiting called with true if another window is sending it, and with false before the search
   * @throws the errors of the search
   */
  async find(key: InteractionDraftKey, isWaiting: (is: boolean) => void): Promise<InteractionWork> {
    const draft = await this.#marks.whenOver(key, () => isWaiting(true));
    // The window that sent the interaction knows its outcome.
    if (draft?.sent === undefined) return { kind: draft === undefined ? 'done' : 'idle' };
    isWaiting(false);
    const { sent } = draft;
    const found = await findInteraction(this.#contacts, this.#related, key, sent, this.#log);
    // Another window also searched and then sent again; the outcome of that attempt is unknown.
    if (!this.#marks.isCurrent(key, sent) || (await this.#marks.isOvertaken(key, sent)))
      return { kind: 'idle' };
    const right = rightTo(draft);
    if (found.kind === 'absent') await this.#marks.withdraw(key, right, sent);
    else this.#marks.leave(key, right, sent);
    return this.#conclude(key, { right, sent }, found);
  }

  /** Gives up a draft that may have been sent. */
  drop(key: InteractionDraftKey, draft: InteractionDraft): void {
    if (draft.sent) this.#marks.settle(key, rightTo(draft));
  }

  dispose(): void {
    this.#marks.dispose();
  }

  /**
   * Searches for an interaction that Ctrl Hub accepted but did not return.
   * @param failure the response's error
   */
  #verify(
    key: InteractionDraftKey,
    marked: Attempt,
    failure: ApiError | undefined,
  ): Promise<InteractionWork> {
    const { right, sent } = marked;
    return attempt<InteractionWork>(
      this.#log,
      searching,
      async () => {
        const found = await findInteraction(this.#contacts, this.#related, key, sent, this.#log);
        if (found.kind !== 'absent') return this.#conclude(key, marked, found);
        // Errors in place of the interaction are a refusal. Without errors, the interaction may be queued.
        if (failure === undefined || failure.problems.length === 0)
          return { kind: 'unknown', accepted: true, ...(failure && { error: failure }) };
        await this.#marks.withdraw(key, right, sent);
        return { kind: 'failed', error: failure };
      },
      (error) => ({ kind: 'unknown', error }),
    );
  }

  #conclude(key: InteractionDraftKey, { right, sent }: Attempt, found: FoundInteraction): InteractionWork {
    switch (found.kind) {
      case 'there':
        this.#marks.settle(key, right);
        this.#drafts.finish(key, sent.values);
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
}

/** Returns true for a success status whose body is not the interaction. */
const isSuccess = ({ status = 0 }: ApiError) => status >= 200 && status < 300;
