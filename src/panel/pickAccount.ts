/**
 * Has the person choose an account: one of another contact of the organisation, or any by its id. There is
 * no list of accounts to choose from, and rows of contacts don't tell their accounts: they are read.
 */
import * as vscode from 'vscode';
import type { ContactRef } from '../api/contacts';
import { isId } from '../api/document';
import { shortId, toLine } from '../base/text';
import type { AccountData } from '../contacts/accountData';
import { displayName, textOf } from '../contacts/contact';
import { findContacts } from '../contacts/findContacts';
import { linked, relationshipsOf } from '../contacts/related';
import { describeError } from '../platform/errorMessages';
import { plain } from '../platform/quickPicks';

type Row = vscode.QuickPickItem & { readonly accountId?: string; readonly of?: ContactRef };

const looksLikeId = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i;
/** Milliseconds between two looks at contacts that are still arriving. */
const lookEvery = 200;
/** Rows on screen; who does not see theirs among them types on. */
const most = 100;

export async function pickAccount(data: AccountData, ref: ContactRef): Promise<string | undefined> {
  const picker = new AccountPicker(data, ref);
  try {
    return await picker.run();
  } finally {
    picker.dispose();
  }
}

class AccountPicker {
  readonly #data: AccountData;
  readonly #ref: ContactRef;
  readonly #pick = vscode.window.createQuickPick<Row>();
  readonly #closed = new AbortController();
  readonly #changes: readonly vscode.Disposable[];
  /** Whose accounts are shown. */
  #of: ContactRef | undefined;
  #looking = false;
  #begun = false;

  constructor(data: AccountData, ref: ContactRef) {
    const { t } = vscode.l10n;
    this.#data = data;
    this.#ref = ref;
    this.#pick.title = t('Link Account');
    this.#pick.placeholder = t('Choose a contact whose account it is, or enter the ID of an account');
    this.#pick.matchOnDescription = true;
    const soon = () => this.#drawSoon();
    this.#changes = [data.contacts.onDidChange(soon), data.related.onDidChange(soon)];
  }

  async run(): Promise<string | undefined> {
    const pick = this.#pick;
    const { organisationId } = this.#ref;
    const chosen = new Promise<string | undefined>((resolve) => {
      pick.onDidHide(() => resolve(undefined));
      pick.onDidAccept(() => {
        const [row] = pick.selectedItems;
        if (row?.accountId !== undefined) resolve(row.accountId);
        else if (row?.of) void this.#read(row.of);
      });
    });
    pick.onDidChangeValue(() => {
      void this.#load();
      void this.#draw();
    });
    pick.show();
    pick.busy = true;
    // Who can't be listed has accounts that can be entered by their ids.
    await this.#data.contacts.ensureList(organisationId).catch(() => undefined);
    pick.busy = false;
    await this.#draw();
    return chosen;
  }

  dispose(): void {
    this.#closed.abort();
    for (const change of this.#changes) change.dispose();
    this.#pick.dispose();
  }

  /** All of them may be needed to find one. What failed is not begun again by each keystroke. */
  async #load(): Promise<void> {
    if (this.#begun || this.#of || this.#pick.value.trim() === '') return;
    this.#begun = true;
    await this.#data.wholeLoads.load([this.#ref.organisationId], this.#closed.signal).catch(() => undefined);
    await this.#draw();
  }

  #drawSoon(): void {
    if (this.#looking) return;
    this.#looking = true;
    setTimeout(() => {
      this.#looking = false;
      void this.#draw();
    }, lookEvery);
  }

  async #read(of: ContactRef): Promise<void> {
    const { t } = vscode.l10n;
    const pick = this.#pick;
    pick.busy = true;
    try {
      await this.#data.contacts.load(of, this.#closed.signal);
      this.#of = of;
      pick.value = '';
      pick.placeholder = t('Choose the account');
      const ids = this.#accountsOf(of).map(({ id }) => id);
      this.#data.related.want(of.organisationId, 'accounts', ids, this.#closed.signal);
      await this.#draw();
    } catch (error) {
      if (!this.#closed.signal.aborted) pick.items = [{ label: describeError(error), alwaysShow: true }];
    }
    pick.busy = false;
  }

  async #draw(): Promise<void> {
    if (this.#closed.signal.aborted) return;
    const value = this.#pick.value.trim();
    const rows = this.#of ? this.#accountRows(this.#of) : await this.#contactRows(value);
    if (value !== this.#pick.value.trim() || this.#closed.signal.aborted) return;
    const [active] = this.#pick.activeItems;
    this.#pick.items = rows;
    const same = rows.find((row) => row.label === active?.label && row.description === active.description);
    if (same) this.#pick.activeItems = [same];
  }

  async #contactRows(value: string): Promise<readonly Row[]> {
    const { t } = vscode.l10n;
    const { contacts } = this.#data;
    const { organisationId, contactId } = this.#ref;
    if (looksLikeId.test(value) && isId(value))
      return [{ label: t('Account {0}', plain(value)), accountId: value, alwaysShow: true }];
    const found = await findContacts(contacts, [organisationId], value, most);
    return found.refs
      .filter((of) => of.contactId !== contactId)
      .map((of) => {
        const resource = contacts.summary(of);
        const label = plain(resource ? displayName(resource) : of.contactId);
        return { label, description: plain(resource ? textOf(resource, 'email') : ''), of, alwaysShow: true };
      });
  }

  #accountRows(of: ContactRef): readonly Row[] {
    const { t } = vscode.l10n;
    const accounts = this.#accountsOf(of);
    if (accounts.length === 0)
      return [{ label: t('This contact has no other account to be linked.'), alwaysShow: true }];
    return accounts.map(({ id, label }) => {
      const words = toLine(label.filter((part) => typeof part === 'string').join(''));
      const name = words === '' ? t('Account {0}', shortId(id)) : words;
      return { label: plain(name), description: plain(id), accountId: id };
    });
  }

  /** Those of another contact that this one is not in yet. */
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
