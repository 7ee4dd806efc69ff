import * as vscode from 'vscode';
import type { ContactRef } from '../../api/contacts';
import { systemClock } from '../../base/clock';
import { mapConcurrently } from '../../base/concurrency';
import type { AccountStores } from '../../contacts/accountStores';
import { askForAddress, findContacts, loadedOf } from '../../contacts/lists/findContacts';
import { keyOf } from '../../contacts/model/contact';
import { createSearchPick, drawn } from '../../platform/dialogs/quickPicks';
import { maxRows, SearchBox, type SearchResult, type SearchSource } from '../../platform/dialogs/searchBox';
import { describeError } from '../../platform/text/errorMessages';
import { formatNumber, plural, unreadableRows } from '../../platform/text/plural';
import { loadPlans, needsPlans } from '../../platform/text/telephones';
import { contactRow, telephoneOf } from './contactRow';
import { pickOrganisations } from './pickOrganisations';
import type { Services } from './services';

interface Row extends vscode.QuickPickItem {
  readonly ref?: ContactRef;
  /** True for a row that repeats a failed read. */
  readonly again?: boolean;
}

/**
 * Lets the user choose any contact by name, email address or telephone number, even one that no list shows
 * yet.
 * @param take runs before the box closes, so that the editor it opens gets the focus
 */
export async function pickContact(
  services: Services,
  title: string,
  target: unknown,
  take: (ref: ContactRef) => void,
): Promise<void> {
  const chosen = await pickOrganisations(services, title, target);
  if (chosen !== undefined)
    await new ContactPicker(services, chosen.data, chosen.organisationIds, title).run(take);
}

/**
 * Lets the user choose a contact.
 * @returns undefined if the user cancels
 */
export async function chooseContact(services: Services, title: string): Promise<ContactRef | undefined> {
  const chosen: ContactRef[] = [];
  await pickContact(services, title, undefined, (ref) => chosen.push(ref));
  return chosen[0];
}

class ContactPicker implements SearchSource<Row> {
  readonly #services: Services;
  readonly #title: string;
  readonly #data: AccountStores;
  readonly #organisationIds: readonly string[];
  readonly #list: vscode.QuickPick<Row>;
  readonly #reveal: vscode.QuickInputButton;
  /** Rows by contact. The same contact keeps the same row, so that the row stays active. */
  readonly #rows = new Map<string, Row>();
  readonly #box: SearchBox<Row>;
  #take: (ref: ContactRef) => void = () => {};
  /** The latest query that the API answered, with its results. */
  #asked: { readonly query: string; readonly refs: readonly ContactRef[] } | undefined;
  readonly #closed = new AbortController();
  #begun = false;
  /** True after all contacts have been read or could not be read. */
  #ended = false;
  #hasMore = false;
  #recentRows: ReadonlySet<Row> = new Set();

  constructor(services: Services, data: AccountStores, organisationIds: readonly string[], title: string) {
    const { t } = vscode.l10n;
    this.#services = services;
    this.#title = title;
    this.#data = data;
    this.#organisationIds = organisationIds;
    this.#reveal = { iconPath: new vscode.ThemeIcon('list-tree'), tooltip: t('Show in the List') };
    this.#list = createSearchPick<Row>(t('Name, email address or telephone number'));
    this.#list.keepScrollPosition = true;
    this.#box = new SearchBox<Row>(this.#list, this, systemClock, drawn);
  }

  async run(take: (ref: ContactRef) => void): Promise<void> {
    const list = this.#list;
    this.#take = take;
    list.onDidChangeValue(() => void this.#read());
    const changes = this.#data.contacts.onDidChange(() => this.#box.searchSoon());
    const hidden = new Promise<void>((resolve) => {
      list.onDidHide(() => {
        this.#closed.abort();
        resolve();
      });
      list.onDidTriggerItemButton(({ item }) => {
        list.hide();
        if (item.ref) void this.#services.reveal(item.ref);
      });
    });
    list.show();
    const lists = this.#organisationIds.map((id) => this.#data.contacts.ensureList(id));
    const canAsk = (await Promise.all(lists)).some(({ filterable }) => filterable.includes('email'));
    void (canAsk ? this.#read() : this.#load());
    void this.#recall();
    await this.#box.search();
    await hidden;
    changes.dispose();
    this.#box.dispose();
    list.dispose();
  }

  take(row: Row): void {
    if (row.again) void this.#load(true);
    if (row.ref === undefined) return;
    this.#take(row.ref);
    this.#list.hide();
  }

  /**
   * Reads all contacts if the query needs them. The API's matches for an exact address are shown until then.
   */
  async #read(): Promise<void> {
    const query = this.#list.value;
    if (query.trim() === '') return;
    const refs = await askForAddress(this.#data.contacts, this.#organisationIds, query);
    if (query !== this.#list.value) return;
    if (refs.length > 0) {
      this.#asked = { query, refs };
      await this.#box.search();
    }
    await this.#load();
  }

  /** Reads all contacts. The read continues after the box closes; the view shows it and can cancel it. */
  async #load(again = false): Promise<void> {
    // Only the user repeats a read that failed or was cancelled: not every keystroke may do so.
    // Nor does a box that was closed before the first answer begin one.
    if ((this.#begun && !again) || this.#closed.signal.aborted) return;
    this.#begun = true;
    this.#ended = false;
    await this.#data.wholeLoads.load(this.#organisationIds);
    this.#ended = true;
    await this.#box.search();
  }

  async search(query: string): Promise<SearchResult<Row>> {
    const { contacts } = this.#data;
    const found = await findContacts(contacts, this.#organisationIds, query, maxRows);
    const asked = this.#asked?.query === query ? this.#asked.refs : [];
    const recent = query.trim() === '' ? this.#recent() : [];
    const refs = [...asked, ...recent, ...found.refs];
    if (refs.some((ref) => needsPlans(telephoneOf(contacts, ref)))) await loadPlans();
    this.#hasMore = found.more;
    this.#recentRows = new Set(recent.map((ref) => this.#row(ref)));
    const { complete } = loadedOf(contacts, this.#organisationIds);
    const rows = [...new Set(refs.map((ref) => this.#row(ref)))];
    return { rows, isComplete: complete || this.#ended || asked.length > 0 };
  }

  present(found: readonly Row[]): readonly Row[] {
    const { t } = vscode.l10n;
    const list = this.#list;
    const headed = underHeads(found, this.#recentRows);
    const rows = this.#hasMore ? [...headed, this.#moreRow()] : headed;
    const { contacts } = this.#data;
    const { loaded, total, complete, failed, unreadable } = loadedOf(contacts, this.#organisationIds);
    const shown = formatNumber(loaded);
    const all = t('one: {0}: 1 contact | other: {0}: {1} contacts', this.#title, shown);
    const part =
      total === undefined
        ? t('one: {0}: 1 contact so far | other: {0}: {1} contacts so far', this.#title, shown)
        : t(
            'one: {0}: {1} of 1 contact so far | other: {0}: {1} of {2} contacts so far',
            this.#title,
            shown,
            formatNumber(total),
          );
    const title = plural(complete ? all : part, complete ? loaded : (total ?? loaded));
    list.title = unreadable === 0 ? title : `${title} · ${unreadableRows(unreadable)}`;
    list.busy = this.#data.wholeLoads.organisationIds.length > 0;
    const [error] = failed;
    const notice: Row[] =
      error === undefined
        ? []
        : [
            {
              label: `$(warning) ${t('Not all contacts could be loaded. Press Enter to try again.')}`,
              detail: describeError(error),
              alwaysShow: true,
              again: true,
            },
          ];
    const none: Row[] =
      rows.length === 0 && !list.busy && list.value !== ''
        ? [{ label: t('No contact matches'), alwaysShow: true }]
        : [];
    return [...rows, ...notice, ...none];
  }

  /** The recently opened contacts whose names are known. */
  #recent(): readonly ContactRef[] {
    return this.#opened().filter((ref) => this.#data.contacts.summary(ref));
  }

  /**
   * Reads recently opened contacts that no list contains, as after a reload. Deleted contacts are left out.
   */
  async #recall(): Promise<void> {
    const { contacts } = this.#data;
    const unknown = this.#opened().filter((ref) => !contacts.summary(ref));
    await mapConcurrently(unknown, (ref) =>
      contacts.load(ref, this.#closed.signal, true).catch(() => undefined),
    );
  }

  #opened(): readonly ContactRef[] {
    const refs = this.#services.recent.of(this.#data.account.origin);
    return refs.filter(({ organisationId }) => this.#organisationIds.includes(organisationId));
  }

  #moreRow(): Row {
    const { t } = vscode.l10n;
    // A row, because VS Code hides separators while the user types.
    return { label: t('There are more. Type on to narrow them down.'), alwaysShow: true };
  }

  #row(ref: ContactRef): Row {
    const known = this.#rows.get(keyOf(ref));
    if (known) return known;
    const { contacts, organisations } = this.#data;
    const where = this.#organisationIds.length > 1 ? [organisations.name(ref.organisationId) ?? ''] : [];
    const row: Row = {
      ref,
      ...contactRow(contacts, ref, where),
      alwaysShow: true,
      buttons: [this.#reveal],
    };
    this.#rows.set(keyOf(ref), row);
    return row;
  }
}

const { Separator } = vscode.QuickPickItemKind;

/** Separates recently opened contacts from the others. */
function underHeads(rows: readonly Row[], recent: ReadonlySet<Row>): readonly Row[] {
  const { t } = vscode.l10n;
  const last = rows.filter((row) => recent.has(row));
  if (last.length === 0) return rows;
  const others = rows.filter((row) => !recent.has(row));
  const head = (label: string): Row => ({ label, kind: Separator });
  const below = others.length === 0 ? [] : [head(t('other contacts')), ...others];
  return [head(t('recently opened')), ...last, ...below];
}
