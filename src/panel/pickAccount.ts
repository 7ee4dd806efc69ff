/**
 * Lets the user choose a customer account: one of another contact of the organisation, or any by its ID. The
 * API has no list of accounts, and rows of contacts do not include their accounts, so that these are read.
 */

import * as vscode from 'vscode';
import type { ContactRef } from '../api/contacts';
import { isId } from '../api/http/document';
import { systemClock } from '../base/clock';
import { DisposableStore } from '../base/event';
import { shortId, toLine } from '../base/text';
import type { AccountStores } from '../contacts/accountStores';
import { findContacts } from '../contacts/lists/findContacts';
import { displayName, textOf } from '../contacts/model/contact';
import { fold, typedText } from '../contacts/model/fold';
import { linked, relationshipsOf } from '../contacts/model/related';
import { createSearchPick, drawn } from '../platform/dialogs/quickPicks';
import { maxRows, SearchBox, type SearchResult, type SearchSource } from '../platform/dialogs/searchBox';
import { describeError } from '../platform/text/errorMessages';
import { plain } from '../platform/text/plain';

type Row = vscode.QuickPickItem & { readonly accountId?: string; readonly of?: ContactRef };

const looksLikeId = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i;

export async function pickAccount(data: AccountStores, ref: ContactRef): Promise<string | undefined> {
  const picker = new AccountPicker(data, ref);
  try {
    return await picker.run();
  } finally {
    picker.dispose();
  }
}

class AccountPicker implements SearchSource<Row> {
  readonly #data: AccountStores;
  readonly #ref: ContactRef;
  readonly #pick: vscode.QuickPick<Row>;
  readonly #closed = new AbortController();
  readonly #changes = new DisposableStore();
  /** The contact whose accounts are shown. */
  #of: ContactRef | undefined;
  readonly #box: SearchBox<Row>;
  /** Rows by contact or account. The same record keeps the same row, so that the row stays active. */
  readonly #rows = new Map<string, Row>();
  #choose: (accountId: string | undefined) => void = () => {};
  #begun = false;
  /** True after all contacts have been read or could not be read. */
  #ended = false;

  constructor(data: AccountStores, ref: ContactRef) {
    const { t } = vscode.l10n;
    this.#data = data;
    this.#ref = ref;
    this.#pick = createSearchPick<Row>(
      t('Choose a contact whose account it is, or enter the ID of an account'),
    );
    this.#pick.title = t('Link Account');
    this.#box = new SearchBox<Row>(this.#pick, this, systemClock, drawn);
    const soon = () => this.#box.searchSoon();
    this.#changes.add(data.contacts.onDidChange(soon), data.related.onDidChange(soon));
  }

  async run(): Promise<string | undefined> {
    const pick = this.#pick;
    const { organisationId } = this.#ref;
    const chosen = new Promise<string | undefined>((resolve) => {
      this.#choose = resolve;
      pick.onDidHide(() => resolve(undefined));
    });
    pick.onDidChangeValue(() => void this.#load());
    pick.show();
    pick.busy = true;
    // Without the list of contacts, the user can still enter an account's ID.
    await this.#data.contacts.ensureList(organisationId).catch(() => undefined);
    pick.busy = false;
    await this.#box.search();
    return chosen;
  }

  keyOf({ accountId, of }: Row): string | undefined {
    return accountId ?? of?.contactId;
  }

  take({ accountId, of }: Row): void {
    if (accountId !== undefined) this.#choose(accountId);
    else if (of) void this.#read(of);
  }

  dispose(): void {
    this.#closed.abort();
    this.#box.dispose();
    this.#changes.clear();
    this.#pick.dispose();
  }

  /** Reads all contacts for a search. A failed read is not repeated at each keystroke. */
  async #load(): Promise<void> {
    if (this.#begun || this.#of || this.#pick.value.trim() === '') return;
    this.#begun = true;
    await this.#data.wholeLoads.load([this.#ref.organisationId], this.#closed.signal).catch(() => undefined);
    this.#ended = true;
    await this.#box.search();
  }

  async #read(of: ContactRef): Promise<void> {
    const { t } = vscode.l10n;
    const pick = this.#pick;
    pick.busy = true;
    try {
      await this.#data.contacts.load(of, this.#closed.signal);
      this.#of = of;
      pick.placeholder = t('Choose the account');
      const ids = this.#accountsOf(of).map(({ id }) => id);
      this.#data.related.want(of.organisationId, 'accounts', ids, this.#closed.signal);
      await this.#box.restart();
    } catch (error) {
      if (!this.#closed.signal.aborted) pick.items = [{ label: describeError(error), alwaysShow: true }];
    }
    pick.busy = false;
  }

  async search(query: string): Promise<SearchResult<Row> | undefined> {
    const value = query.trim();
    if (this.#of) return { rows: this.#accountRows(this.#of, value), isComplete: true };
    if (looksLikeId.test(value) && isId(value)) return { rows: [this.#typedRow(value)], isComplete: true };
    const { contacts } = this.#data;
    const { organisationId, contactId } = this.#ref;
    const found = await findContacts(contacts, [organisationId], value, maxRows);
    const rows = found.refs.filter((of) => of.contactId !== contactId).map((of) => this.#contactRow(of));
    return { rows, isComplete: this.#ended || contacts.list(organisationId).complete };
  }

  present(rows: readonly Row[], query: string): readonly Row[] {
    if (rows.length > 0 || this.#of === undefined || query.trim() !== '') return rows;
    return [{ label: vscode.l10n.t('This contact has no other account to be linked.'), alwaysShow: true }];
  }

  #typedRow(accountId: string): Row {
    const label = vscode.l10n.t('Account {0}', plain(accountId));
    return this.#same({ label, accountId, alwaysShow: true }, accountId);
  }

  #contactRow(of: ContactRef): Row {
    const resource = this.#data.contacts.summary(of);
    const label = plain(resource ? displayName(resource) : of.contactId);
    const email = plain(resource ? textOf(resource, 'email') : '');
    // A contact without a name goes by its email address.
    const description = email === label ? '' : email;
    return this.#same({ label, description, of, alwaysShow: true }, of.contactId);
  }

  #accountRows(of: ContactRef, value: string): readonly Row[] {
    const { t } = vscode.l10n;
    const rows = this.#accountsOf(of).map(({ id, label }) => {
      const words = toLine(label.filter((part) => typeof part === 'string').join(''));
      const name = words === '' ? t('Account {0}', shortId(id)) : words;
      return this.#same({ label: plain(name), description: plain(id), accountId: id, alwaysShow: true }, id);
    });
    const terms = fold(typedText(value)).split(' ');
    const textsOf = ({ label, description }: Row) => fold(`${label} ${description}`);
    return rows.filter((row) => terms.every((term) => textsOf(row).includes(term)));
  }

  /** Returns the earlier row if its texts are equal. */
  #same(row: Row, id: string): Row {
    const key = JSON.stringify([id, row.of === undefined, row.label, row.description]);
    const known = this.#rows.get(key) ?? row;
    this.#rows.set(key, known);
    return known;
  }

  /** Returns the accounts of another contact that do not hold this one. */
  #accountsOf(of: ContactRef) {
    const { contacts, related } = this.#data;
    const document = contacts.document(of);
    const mine = contacts.document(this.#ref);
    if (document === undefined) return [];
    const known = [...document.included, ...related.known(of.organisationId)];
    const views = relationshipsOf({ ...document.resource, id: this.#ref.contactId }, known);
    const theirs = views.find(({ name }) => name === 'accounts')?.items ?? [];
    const there = mine && linked(mine.resource, 'accounts');
    return theirs.filter(({ id }) => !there?.some((one) => one.id === id));
  }
}
