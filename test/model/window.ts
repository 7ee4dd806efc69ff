/**
 * One window: the extension's own stores and saves with a disk, network and clock that the test controls. The essential
 * wiring of the panel is here; all other code is the real code.
 */

import { ApiClient } from '../../src/api/http/client';
import type { Resource } from '../../src/api/http/document';
import type { Fetch } from '../../src/api/http/transport';
import type { Clock } from '../../src/base/clock';
import { type Disposable, Emitter } from '../../src/base/event';
import { runtimeWith } from '../../src/base/runtime';
import { type AccountStores, CurrentAccount } from '../../src/contacts/accountStores';
import { DraftStore } from '../../src/contacts/drafts/draftStore';
import { Drafts } from '../../src/contacts/drafts/drafts';
import {
  type InteractionValues,
  interactionKeyText,
  interactionValues,
} from '../../src/contacts/drafts/interactionDraft';
import { InteractionDraftStore } from '../../src/contacts/drafts/interactionDraftStore';
import { textOf } from '../../src/contacts/model/contact';
import { Editing } from '../../src/panel/editing';
import type { Disk } from '../../src/platform/storage/disk';
import { DraftFiles } from '../../src/platform/storage/draftFiles';
import { keyText } from '../../src/protocol/contactKey';
import type { Account, Session } from '../../src/session/session';
import { silentLog } from '../support/silentLog';
import { dropLostText, lostTexts } from './lostTexts';
import {
  identity,
  isNote,
  type NotePlace,
  oldInteraction,
  origin,
  type Person,
  type Place,
  ref,
  whatOf,
} from './places';

export interface WindowHost {
  readonly disk: Disk;
  readonly clock: Clock;
  readonly fetch: Fetch;
}

export class Window {
  readonly name: string;
  readonly drafts: DraftStore;
  readonly interactionDrafts: InteractionDraftStore;
  readonly editing: Editing;
  readonly current: CurrentAccount;
  /** True if the form is on screen. */
  isLoaded = false;
  isOpen = true;
  /** The user whose account is on screen. */
  person: Person | undefined;
  /** Called when the data of an account is loaded or disposed. */
  onData: (data: AccountStores | undefined) => void = () => undefined;
  readonly #host: WindowHost;
  readonly #files: readonly DraftFiles[];
  readonly #sessions = new Emitter<Session>();
  #session: Session;
  #following: Disposable | undefined;

  constructor(name: string, host: WindowHost, person: Person | undefined) {
    this.name = name;
    this.#host = host;
    const runtime = runtimeWith(silentLog, host.clock);
    const files = (folder: string) => new DraftFiles('/storage', folder, host.disk, host.clock);
    const [contacts, interactions] = [files('drafts'), files('interactions')];
    this.#files = [contacts, interactions];
    this.drafts = new DraftStore(contacts, runtime);
    this.interactionDrafts = new InteractionDraftStore(interactions, runtime);
    this.#session = this.#sessionOf(person);
    const session = () => this.#session;
    const sessions = {
      get current() {
        return session();
      },
      onDidChange: this.#sessions.event,
    };
    const noArrangements = () => ({ get: () => undefined, set: () => undefined });
    this.current = new CurrentAccount(
      sessions,
      new Drafts(this.drafts, this.interactionDrafts),
      noArrangements,
      runtime,
    );
    this.editing = new Editing(this.drafts, identity, () => this.data?.saves);
  }

  get data(): AccountStores | undefined {
    return this.current.current;
  }

  get canAsk(): boolean {
    return this.#session.kind === 'signedIn';
  }

  async start(): Promise<void> {
    this.current.onDidChange(() => this.#follow());
    await Promise.all([this.drafts.ready(), this.interactionDrafts.ready()]).catch(() => undefined);
    if (this.isOpen) this.#follow();
  }

  signIn(person: Person | undefined): void {
    this.#session = this.#sessionOf(person);
    this.#sessions.fire(this.#session);
  }

  /** Reads the contact, as a panel does when it opens or retries. */
  load(): void {
    const { data } = this;
    this.isLoaded = false;
    data?.contacts.load(ref).then(
      () => {
        if (this.data !== data) return;
        this.isLoaded = true;
        data.saves.settle(ref);
      },
      () => undefined,
    );
  }

  /** Reads the contact again, as a panel does when it gets the focus. */
  look(): void {
    this.data?.contacts.load(ref).catch(() => undefined);
  }

  /** Returns the value that the form shows as saved in Ctrl Hub. */
  saved(place: Place): string {
    const { data } = this;
    if (isNote(place)) {
      const draft = this.interactionDrafts.get({ ...identity, interactionId: whatOf(place) });
      return draft?.base.notes ?? '';
    }
    const document = data?.contacts.document(ref);
    return document === undefined ? '' : textOf(document.resource, place);
  }

  /** Opens the form of an interaction. */
  begin(place: NotePlace): void {
    const { data } = this;
    if (data === undefined) return;
    if (place === 'newNotes')
      data.interactionSaves.start(ref, whatOf(place), newInteraction(this.#host.clock));
    else {
      const resource = this.#oldInteraction();
      if (resource) data.interactionSaves.start(ref, oldInteraction, interactionValues(resource));
      else
        data.related.want(
          ref.organisationId,
          'interactions',
          [oldInteraction],
          new AbortController().signal,
          true,
        );
    }
  }

  typeNotes(place: NotePlace, value: string): void {
    const key = { ...identity, interactionId: whatOf(place) };
    this.interactionDrafts.type(key, 'notes', value);
  }

  /** Returns the path of the file that stores the edits of a place. */
  pathOf(place: Place): string {
    const [contacts, interactions] = this.#files;
    const [files, key] = isNote(place)
      ? [interactions, interactionKeyText({ ...identity, interactionId: whatOf(place) })]
      : [contacts, keyText(identity)];
    return `${files?.folder}/${files?.nameOf(key)}`;
  }

  /** Returns the unsaved text, as the form shows it. */
  edit(place: Place): string | undefined {
    if (isNote(place))
      return this.interactionDrafts.get({ ...identity, interactionId: whatOf(place) })?.values.notes;
    return this.drafts.get(identity)?.edits[place];
  }

  /** Returns all texts of a place in this window's memory. */
  texts(place: Place): readonly (string | undefined)[] {
    if (isNote(place)) {
      const draft = this.interactionDrafts.get({ ...identity, interactionId: whatOf(place) });
      return [draft?.values.notes, draft?.sent?.values.notes];
    }
    const choice = this.drafts.get(identity)?.choices?.[place];
    return [this.edit(place), choice?.choice === 'other' ? choice.value : undefined];
  }

  /** Returns the drafts and the contact in this window's memory. */
  holds(): readonly unknown[] {
    const all = [...this.drafts.all(), ...this.interactionDrafts.all()];
    return [this.data?.contacts.document(ref), ...all.map(({ draft }) => draft)];
  }

  /** Returns the texts of another window that this one typed over, as the user can restore them. */
  handedBack(place: Place): readonly string[] {
    return lostTexts(this, place);
  }

  dropOther(place: Place, text: string): void {
    dropLostText(this, place, text);
  }

  /** Takes such a text over into the form. */
  takeOther(place: Place, text: string): void {
    if (!isNote(place)) {
      this.editing.takeOther({ field: place, text }, this.saved(place));
      return;
    }
    const key = { ...identity, interactionId: whatOf(place) };
    const other = this.interactionDrafts.lost(key).find(({ notes }) => notes === text);
    if (other) this.interactionDrafts.takeAside(key, other);
  }

  async flush(): Promise<void> {
    await Promise.all([this.drafts.flush(), this.interactionDrafts.flush()]);
  }

  /** Ends the process. */
  close(): void {
    this.isOpen = false;
    this.isLoaded = false;
    this.#following?.dispose();
    this.current.dispose();
    for (const one of [this.drafts, this.interactionDrafts, ...this.#files]) one.dispose();
  }

  #follow(): void {
    this.isLoaded = false;
    this.onData(this.data);
    this.load();
  }

  #oldInteraction(): Resource | undefined {
    const load = this.data?.related.load(ref.organisationId, 'interactions', oldInteraction);
    if (load?.kind === 'loaded') return load.document.resource;
    const included = this.data?.contacts.document(ref)?.included ?? [];
    return included.find(({ type, id }) => type === 'interactions' && id === oldInteraction);
  }

  #sessionOf(person: Person | undefined): Session {
    this.person = person;
    if (person === undefined) {
      const environment = { origin, baseUrl: origin } as const;
      return { kind: 'signedOut', environment, lost: false };
    }
    const account: Account = {
      kind: 'sessionToken',
      origin,
      baseUrl: origin,
      label: person.label,
      client: new ApiClient(
        {
          baseUrl: origin,
          fetch: this.#host.fetch,
          authHeaders: async () => ({ 'X-Session-Token': person.token }),
          onUnauthorised: () => this.#end(account),
        },
        silentLog,
      ),
    };
    return { kind: 'signedIn', account };
  }

  #end(account: Account): void {
    if (this.#session.kind !== 'signedIn' || this.#session.account !== account) return;
    this.#session = { kind: 'expired', account };
    this.#sessions.fire(this.#session);
  }
}

/** Returns a new interaction with the panel's initial values. */
const newInteraction = (clock: Clock): InteractionValues => ({
  method: 'telephone',
  direction: 'inbound',
  date_time: new Date(clock.now()).toISOString(),
  contacted: 'true',
  status: 'completed',
  account: '',
  notes: '',
});
