/** Selects contacts outside a text that may share an email address or telephone number with a contact in it. */
import type { ContactRef } from '../../api/contacts';
import { yieldToEventLoop } from '../../base/abort';
import { type Disposable, DisposableStore, Emitter, followCurrent } from '../../base/event';
import type { AccountStores, CurrentAccount } from '../../contacts/accountStores';
import type { DraftStore } from '../../contacts/drafts/draftStore';
import { keyOf, textOf } from '../../contacts/model/contact';
import type { CheckedContact } from '../checks/check';
import type { ParsedText } from '../text/parsedText';
import type { ContactText } from './contactText';
import { SameKeyIndex, sameKeys } from './sameKeyIndex';

/** The number of contacts that are always selected, because they show the usual country code. */
const sample = 100;
/** Milliseconds of indexing before yielding to the event loop. */
const slice = 4;

/** The index of one organisation. */
interface Indexed {
  readonly index: SameKeyIndex;
  /** True if the list has changed since the index was begun. */
  isOutdated: boolean;
  isBuilding: boolean;
}

export class OtherContacts implements Disposable {
  readonly #data: CurrentAccount;
  readonly #drafts: DraftStore;
  readonly #subscriptions = new DisposableStore();
  readonly #indexed = new Map<string, Indexed>();
  readonly #ready = new Emitter<void>();
  /** Fires when an index has become complete, so that `of` may return more. */
  readonly onDidIndex = this.#ready.event;

  constructor(data: CurrentAccount, drafts: DraftStore) {
    this.#data = data;
    this.#drafts = drafts;
    this.#subscriptions.add(
      this.#ready,
      drafts.onDidChange((ref) => this.#add(ref)),
      followCurrent(data, (current, changes) => {
        this.#indexed.clear();
        if (current === undefined) return;
        changes.add(
          current.contacts.onDidChange((change) => {
            if (change.kind === 'contact') return this.#add(change.ref);
            const indexed = this.#indexed.get(change.organisationId);
            if (indexed) indexed.isOutdated = true;
          }),
        );
      }),
    );
  }

  /** Returns what the index has so far: a long list takes some time, and `onDidIndex` follows. */
  of(text: ContactText, { blocks }: ParsedText): readonly CheckedContact[] {
    const { current } = this.#data;
    if (current === undefined) return [];
    const refs = text.contacts.map(({ ref }) => ref);
    const own = new Set(refs.map(keyOf));
    const found = new Map<string, ContactRef>();
    const add = (organisationId: string, contactId: string) => {
      const ref = { organisationId, contactId };
      if (!own.has(keyOf(ref))) found.set(keyOf(ref), ref);
    };
    for (const organisationId of new Set(refs.map((ref) => ref.organisationId))) {
      for (const contactId of current.contacts.list(organisationId).ids.slice(0, sample))
        add(organisationId, contactId);
      const { index } = this.#indexOf(current, organisationId);
      for (const { ref, fields } of blocks)
        if (ref?.organisationId === organisationId)
          for (const key of sameKeys(fields.email?.value ?? '', fields.telephone?.value ?? ''))
            for (const contactId of index.get(key)) add(organisationId, contactId);
    }
    return [...found.values()].flatMap((ref) => this.#valuesOf(current, ref) ?? []);
  }

  dispose(): void {
    this.#indexed.clear();
    this.#subscriptions.dispose();
  }

  #valuesOf({ account, contacts }: AccountStores, ref: ContactRef): CheckedContact | undefined {
    const resource = contacts.summary(ref);
    if (resource === undefined) return undefined;
    const edits = this.#drafts.editsOf(account.origin, ref);
    const email = edits.email ?? textOf(resource, 'email');
    return { ref, values: { email, telephone: edits.telephone ?? textOf(resource, 'telephone') } };
  }

  /** Keys of earlier values stay, because whoever finds a contact looks at its values. */
  #add({ organisationId, contactId }: ContactRef): void {
    const indexed = this.#indexed.get(organisationId);
    const { current } = this.#data;
    const ref = { organisationId, contactId };
    const { email = '', telephone = '' } = (indexed && current && this.#valuesOf(current, ref)?.values) ?? {};
    for (const key of sameKeys(email, telephone)) indexed?.index.add(key, contactId);
  }

  #indexOf({ contacts }: AccountStores, organisationId: string): Indexed {
    const known = this.#indexed.get(organisationId);
    const indexed = known ?? { index: new SameKeyIndex(), isOutdated: true, isBuilding: false };
    this.#indexed.set(organisationId, indexed);
    if (indexed.isOutdated && !indexed.isBuilding) {
      indexed.isOutdated = false;
      indexed.isBuilding = true;
      void this.#build(indexed, organisationId, contacts.list(organisationId).ids);
    }
    return indexed;
  }

  /** The first slice is not delayed, so that a short list is complete at once. */
  async #build(indexed: Indexed, organisationId: string, ids: readonly string[]): Promise<void> {
    let isLong = false;
    let begun = performance.now();
    for (const contactId of ids) {
      this.#add({ organisationId, contactId });
      if (performance.now() - begun < slice) continue;
      isLong = true;
      await yieldToEventLoop();
      if (this.#indexed.get(organisationId) !== indexed) return;
      begun = performance.now();
    }
    indexed.isBuilding = false;
    if (isLong) this.#ready.fire();
  }
}
