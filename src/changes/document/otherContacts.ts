/** Selects contacts outside a text that may share an email address or telephone number with a contact in it. */
import type { ContactRef } from '../../api/contacts';
import { type Disposable, DisposableStore, followCurrent } from '../../base/event';
import type { AccountStores, CurrentAccount } from '../../contacts/accountStores';
import type { DraftStore } from '../../contacts/drafts/draftStore';
import { keyOf, textOf } from '../../contacts/model/contact';
import { digitsOfEach } from '../../contacts/model/telephoneText';
import type { CheckedContact } from '../checks/check';
import type { ParsedText } from '../text/parsedText';
import type { ContactText } from './contactText';

/** Longer lists are not compared with the text, because the comparison runs while the user types. */
const mostCompared = 20_000;
/** The number of contacts that are always selected, because they show the usual country code. */
const sample = 100;
/** The number of final digits that are compared. They are the same with and without a country code. */
const digits = 6;

const emailKey = (email: string) => email.normalize('NFC').trim().toLowerCase();
const keysOf = (email: string, telephone: string) => [
  ...(email.trim() === '' ? [] : [`@${emailKey(email)}`]),
  ...digitsOfEach(telephone).map((number) => number.slice(-digits)),
];

interface Index {
  readonly organisationIds: string;
  readonly all: readonly CheckedContact[];
  readonly byKey: ReadonlyMap<string, readonly CheckedContact[]>;
}

export class OtherContacts implements Disposable {
  readonly #data: CurrentAccount;
  readonly #drafts: DraftStore;
  readonly #subscriptions = new DisposableStore();
  #index: Index | undefined;

  constructor(data: CurrentAccount, drafts: DraftStore) {
    this.#data = data;
    this.#drafts = drafts;
    const forget = () => {
      this.#index = undefined;
    };
    this.#subscriptions.add(
      drafts.onDidChange(forget),
      followCurrent(data, (current, changes) => {
        forget();
        if (current) changes.add(current.contacts.onDidChange(forget));
      }),
    );
  }

  of(text: ContactText, { blocks }: ParsedText): readonly CheckedContact[] {
    const { current } = this.#data;
    if (current === undefined) return [];
    const refs = text.contacts.map(({ ref }) => ref);
    const own = new Set(refs.map(keyOf));
    const { all, byKey } = this.#indexed(current, refs);
    const found = new Set(all.slice(0, sample));
    for (const { fields } of blocks)
      for (const key of keysOf(fields.email?.value ?? '', fields.telephone?.value ?? ''))
        for (const one of byKey.get(key) ?? []) found.add(one);
    return [...found].filter(({ ref }) => !own.has(keyOf(ref)));
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #indexed({ account, contacts }: AccountStores, refs: readonly ContactRef[]): Index {
    const ids = [...new Set(refs.map(({ organisationId }) => organisationId))];
    const organisationIds = JSON.stringify(ids);
    if (this.#index?.organisationIds === organisationIds) return this.#index;
    const lists = ids.map((organisationId) => ({ organisationId, list: contacts.list(organisationId).ids }));
    const isLong = lists.reduce((sum, { list }) => sum + list.length, 0) > mostCompared;
    const all = (isLong ? [] : lists).flatMap(({ organisationId, list }) =>
      list.flatMap((contactId): CheckedContact[] => {
        const ref = { organisationId, contactId };
        const resource = contacts.summary(ref);
        if (resource === undefined) return [];
        const { edits = {} } = this.#drafts.get({ origin: account.origin, ...ref }) ?? {};
        const email = edits.email ?? textOf(resource, 'email');
        return [{ ref, values: { email, telephone: edits.telephone ?? textOf(resource, 'telephone') } }];
      }),
    );
    const byKey = new Map<string, CheckedContact[]>();
    for (const one of all)
      for (const key of keysOf(one.values.email ?? '', one.values.telephone ?? '')) {
        const there = byKey.get(key);
        if (there) there.push(one);
        else byKey.set(key, [one]);
      }
    this.#index = { organisationIds, all, byKey };
    return this.#index;
  }
}
