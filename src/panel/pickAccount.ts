/** Has the person choose an account: one of other contacts of the organisation that are known, or any by its id. */
import * as vscode from 'vscode';
import type { ContactRef } from '../api/contacts';
import { isId } from '../api/document';
import type { AccountData } from '../contacts/accountData';
import { displayName } from '../contacts/contact';
import { linked } from '../contacts/related';
import { plain } from '../platform/quickPicks';

type Row = vscode.QuickPickItem & { readonly accountId: string };
const looksLikeId = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i;

export async function pickAccount(data: AccountData, ref: ContactRef): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const pick = vscode.window.createQuickPick<Row>();
  pick.title = t('Link Account');
  pick.placeholder = t('Choose an account by its contacts, or enter its ID');
  pick.matchOnDescription = true;
  const show = (rows: readonly Row[]) => {
    const value = pick.value.trim();
    const known = rows.some(({ accountId }) => accountId === value);
    const typed = looksLikeId.test(value) && isId(value) && !known;
    const own: Row = { label: t('Account {0}', plain(value)), accountId: value, alwaysShow: true };
    pick.items = typed ? [own, ...rows] : rows;
  };
  let rows: readonly Row[] = [];
  pick.busy = true;
  // What can't be listed can still be chosen by its id.
  const listing = data.contacts.ensureList(ref.organisationId).then(
    () => {
      rows = rowsOf(data, ref);
      pick.busy = false;
      show(rows);
    },
    () => {
      pick.busy = false;
    },
  );
  try {
    return await new Promise<string | undefined>((resolve) => {
      pick.onDidChangeValue(() => show(rows));
      pick.onDidAccept(() => resolve(pick.selectedItems[0]?.accountId));
      pick.onDidHide(() => resolve(undefined));
      pick.show();
    });
  } finally {
    pick.dispose();
    void listing;
  }
}

function rowsOf({ contacts }: AccountData, { organisationId, contactId }: ContactRef): readonly Row[] {
  const names = new Map<string, string[]>();
  const mine = new Set<string>();
  for (const id of contacts.list(organisationId).ids) {
    const resource = contacts.summary({ organisationId, contactId: id });
    for (const account of resource ? linked(resource, 'accounts') : []) {
      if (id === contactId) mine.add(account.id);
      if (resource) names.set(account.id, [...(names.get(account.id) ?? []), displayName(resource)]);
    }
  }
  return [...names]
    .filter(([accountId]) => !mine.has(accountId))
    .map(([accountId, all]) => ({ label: plain(all.join(', ')), description: plain(accountId), accountId }))
    .toSorted((one, other) => one.label.localeCompare(other.label));
}
