/**
 * The related records of one panel, the drafts about them, and the history: messages → stores, and stores →
 * state.
 */

import type { ContactRef } from '../api/contacts';
import { identityOf, type ResourceDocument } from '../api/http/document';
import { type Disposable, DisposableStore } from '../base/event';
import type { AccountStores } from '../contacts/accountStores';
import { interactionValues, newInteractionId } from '../contacts/drafts/interactionDraft';
import type { InteractionDraftStore } from '../contacts/drafts/interactionDraftStore';
import { type FieldConflict, keyOf } from '../contacts/model/contact';
import { linked, nameOf } from '../contacts/model/related';
import { isReadable, type ReadableName } from '../contacts/related/relatedStore';
import { type ContactKey, keyText } from '../protocol/contactKey';
import type { HistoryState, InteractionIntent, RelatedIntent } from '../protocol/related';
import type { ConflictState, RelationshipState } from '../protocol/state';
import { changedBy, historyState } from './state/historyState';
import { newInteraction } from './state/interactionFormState';
import { RelatedMemory } from './state/relatedMemory';
import { isMissing, type RelatedSource, viewsOf } from './state/relatedView';

export interface RelatedHost {
  readonly interactionDrafts: InteractionDraftStore;
  data(): AccountStores | undefined;
  document(): ResourceDocument | undefined;
  changed(): void;
  open(ref: ContactRef): void;
  /** Lets the user choose one of the organisation's customer accounts. */
  pickAccount(data: AccountStores, ref: ContactRef): Promise<string | undefined>;
}

/** The number of items at first, and of further items at a time. */
const step = 10;
/** Milliseconds after the form is shown: a background request must not delay those of the user. */
const probeAfter = 1_000;

export class RelatedPart implements Disposable {
  readonly #host: RelatedHost;
  readonly #identity: ContactKey;
  readonly #subscriptions = new DisposableStore();
  readonly #changes = new DisposableStore();
  #abort = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  readonly #shown = new Map<string, number>();
  readonly #unfolded = new Set<string>();
  #history = { unfolded: false, shown: step };
  readonly #memory = new RelatedMemory();
  /** Continues the start of an interaction that waits for the contact. */
  #whenLoaded: (() => void) | undefined;

  constructor(host: RelatedHost, identity: ContactKey) {
    this.#host = host;
    this.#identity = identity;
    this.#subscriptions.add(
      host.interactionDrafts.onDidChange((key) => {
        if (keyText(key) !== keyText(identity)) return;
        this.#memory.typed(key.interactionId);
        host.changed();
      }),
      host.interactionDrafts.onDidChangeFailing(() => this.changed()),
    );
  }

  /** Follows a change of the account. */
  follow(): void {
    this.#stop();
    this.#memory.forget();
    this.#abort = new AbortController();
    const data = this.#host.data();
    if (data === undefined) return;
    const mine = (ref: ContactRef) => keyOf(ref) === keyOf(this.#identity) && this.changed();
    this.#changes.add(
      data.related.onDidChange(({ organisationId }) => {
        if (organisationId === this.#identity.organisationId) this.changed();
      }),
      data.interactionSaves.onDidChange(mine),
      data.accountLinks.onDidChange(mine),
      data.history.onDidChange((ref) => (ref === undefined ? this.changed() : mine(ref))),
      // Names of other contacts may have changed. The next state shows them.
      data.contacts.onDidChange(() => this.#memory.forget()),
    );
  }

  /** True while a customer account is linked, and if it is not linked and the panel says why. */
  get isLinking(): boolean {
    const link = this.#host.data()?.accountLinks.state(this.#identity);
    return link !== undefined && link.kind !== 'done';
  }

  /** Shows related records again, because something changed on which they depend. */
  changed(): void {
    this.#memory.forget();
    this.#host.changed();
  }

  /** Asks for the history once the form is shown. */
  loaded(): void {
    this.#whenLoaded?.();
    this.#whenLoaded = undefined;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#host.data()?.history.probe(), probeAfter);
  }

  /** Reads the history again after a save, which also names the author of a conflict. */
  saved(): void {
    const { history, saves } = this.#host.data() ?? {};
    const conflict = saves?.state(this.#identity).kind === 'conflict';
    if (history?.offered && (conflict || history.load(this.#identity))) void history.again(this.#identity);
  }

  receive(intent: RelatedIntent | InteractionIntent): void {
    // Text is stored in every state of the panel, because a keystroke may arrive while the panel is
    // recreated.
    if (intent.type === 'interaction') {
      this.#type(intent);
      return;
    }
    const data = this.#host.data();
    const document = this.#host.document();
    if (data === undefined || document === undefined) return;
    const { interactionSaves, history, accountLinks } = data;
    switch (intent.type) {
      case 'related':
        if (intent.act === 'add') void this.#add(intent.name, data, document);
        else if (intent.act === 'look') void accountLinks.verify(this.#identity);
        else this.#readShown(intent.act, intent.name, data, document);
        break;
      case 'fold':
        this.#fold(intent.id, data, document);
        break;
      case 'editNotes': {
        const items =
          viewsOf(this.#source(data, document)).find(({ name }) => name === 'interactions')?.items ?? [];
        const resource = items.find(({ id }) => id === intent.id)?.resource;
        if (resource?.attributes)
          interactionSaves.start(this.#identity, intent.id, interactionValues(resource));
        break;
      }
      case 'openContact': {
        const { organisationId } = this.#identity;
        const accounts =
          this.state(document).relationships.find(({ name }) => name === 'accounts')?.items ?? [];
        const shown = accounts.flatMap(({ fold }) => fold?.contacts ?? []);
        if (shown.some(({ id }) => id === intent.id))
          this.#host.open({ organisationId, contactId: intent.id });
        break;
      }
      case 'interactionDo':
        if (intent.act === 'send') void interactionSaves.send(this.#identity, intent.interactionId);
        else if (intent.act === 'drop') interactionSaves.drop(this.#identity, intent.interactionId);
        else if (intent.act === 'look') void interactionSaves.search(this.#identity);
        else void interactionSaves.resolve(this.#identity, intent.interactionId, intent.act);
        break;
      case 'history': {
        const { unfolded, shown } = this.#history;
        this.#history =
          intent.act === 'fold' ? { unfolded: !unfolded, shown } : { unfolded, shown: shown + step };
        const known = history.load(this.#identity)?.events.length ?? -1;
        if (this.#history.unfolded && known < this.#history.shown) void history.more(this.#identity);
        this.changed();
      }
    }
  }

  /** Begins an interaction, as its button does, as soon as the contact was read. */
  async logInteraction(): Promise<void> {
    const document = () => this.#host.data() && this.#host.document();
    if (document() === undefined) await new Promise<void>((resolve) => (this.#whenLoaded = resolve));
    const [data, read] = [this.#host.data(), document()];
    if (data && read) this.#begin(data, read);
  }

  state(document: ResourceDocument): {
    readonly relationships: readonly RelationshipState[];
    readonly history: HistoryState | undefined;
  } {
    const data = this.#host.data();
    if (data === undefined) return { relationships: [], history: undefined };
    return this.#memory.states(this.#source(data, document), () =>
      historyState(data.history, this.#identity, this.#history, this.#names(data, document)),
    );
  }

  /** Names the author of the other side of a conflict, if the history is available. */
  changedBy({ field, theirs }: FieldConflict, document: ResourceDocument): ConflictState['by'] {
    const data = this.#host.data();
    const events = data?.history.load(this.#identity)?.events ?? [];
    return data && changedBy(events, field, theirs, this.#names(data, document));
  }

  dispose(): void {
    const data = this.#host.data();
    data?.interactionSaves.forgetDone(this.#identity);
    data?.accountLinks.forgetDone(this.#identity);
    this.#subscriptions.dispose();
    this.#stop();
  }

  /**
   * Begins a form again that has ended, or that a new extension host does not know, with the values on
   * screen: otherwise the typed text would be lost.
   */
  #type({ interactionId, field, value, before }: InteractionIntent): void {
    const { interactionDrafts } = this.#host;
    const key = { ...this.#identity, interactionId };
    if (interactionDrafts.get(key) === undefined) {
      if (value === (before[field] ?? '')) return;
      interactionDrafts.begin(key, before);
    }
    interactionDrafts.type(key, field, value);
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#changes.clear();
    this.#abort.abort();
  }

  #readShown(
    act: 'seen' | 'more' | 'retry',
    name: string,
    data: AccountStores,
    document: ResourceDocument,
  ): void {
    if (act === 'more') this.#shown.set(name, this.#shownOf(name) + step);
    if (isReadable(name)) this.#ask(name, data, document, act === 'retry');
    this.changed();
  }

  /**
   * Reads visible records that did not come with the contact.
   * @param again true to read also those that could not be read, such as an expanded account with a name
   */
  #ask(name: ReadableName, data: AccountStores, document: ResourceDocument, again: boolean): void {
    const { organisationId } = this.#identity;
    const items = viewsOf(this.#source(data, document)).find((view) => view.name === name)?.items ?? [];
    const hasFailed = (id: string) => data.related.load(organisationId, name, id)?.kind === 'failed';
    const wanted = items.filter((item) => isMissing(name, item) || (again && hasFailed(item.id)));
    const ids = wanted.map(({ id }) => id);
    data.related.want(organisationId, name, ids, this.#abort.signal, again);
  }

  /** A form that exists already is continued. */
  #begin(data: AccountStores, { resource }: ResourceDocument): void {
    const accounts = linked(resource, 'accounts') ?? [];
    data.interactionSaves.start(this.#identity, newInteractionId, newInteraction(accounts));
  }

  async #add(name: string, data: AccountStores, document: ResourceDocument): Promise<void> {
    if (name === 'interactions') this.#begin(data, document);
    else if (name === 'accounts') {
      const accountId = await this.#host.pickAccount(data, this.#identity);
      if (accountId !== undefined && this.#host.data() === data)
        await data.accountLinks.link(this.#identity, accountId);
    }
  }

  #fold(id: string, data: AccountStores, document: ResourceDocument): void {
    if (!linked(document.resource, 'accounts')?.some((link) => link.id === id)) return;
    if (!this.#unfolded.delete(id)) this.#unfolded.add(id);
    data.related.want(this.#identity.organisationId, 'accounts', [id], this.#abort.signal);
    this.changed();
  }

  #shownOf(name: string): number {
    return this.#shown.get(name) ?? step;
  }

  #source(data: AccountStores, document: ResourceDocument): RelatedSource {
    const shown = (name: string) => this.#shownOf(name);
    const { interactionDrafts } = this.#host;
    return { data, document, identity: this.#identity, interactionDrafts, shown, unfolded: this.#unfolded };
  }

  /** IDs are unique within a type only, so records that are not users are left out. */
  #names({ history }: AccountStores, { resource, included }: ResourceDocument) {
    const others = ['accounts', 'interactions', 'organisation'].flatMap(
      (name) => linked(resource, name) ?? [],
    );
    const ids = new Set([resource, ...others].map(identityOf));
    const users = included.filter((one) => !ids.has(identityOf(one)));
    return (id: string) => history.nameOf(id) ?? nameOf(users.find((one) => one.id === id)?.attributes ?? {});
  }
}
