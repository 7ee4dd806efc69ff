/** Organisation, then contact: how the palette finds what a row would have given. */
import * as vscode from 'vscode';
import type { ContactRef } from '../api/contacts';
import type { AccountData } from '../contacts/accountData';
import { digitsOf, numberIn } from '../contacts/fold';
import { chosenIn, whileBusy } from '../platform/quickPicks';
import { loadPlans, needsPlans } from '../platform/telephones';
import { contactRow, telephoneOf } from './contactRow';
import { pickOrganisation } from './pickOrganisations';
import type { Services } from './services';

/** @returns undefined when the person gave up, or is not signed in and was asked to */
export async function pickContact(services: Services, title: string): Promise<ContactRef | undefined> {
  const chosen = await pickOrganisation(services, title);
  return chosen && pickFrom(chosen.data, chosen.organisationId, title);
}

type Row = vscode.QuickPickItem & {
  readonly contactId?: string;
  /** Of its telephone number. */
  readonly digits?: string;
};

async function pickFrom(
  data: AccountData,
  organisationId: string,
  title: string,
): Promise<ContactRef | undefined> {
  const { t } = vscode.l10n;
  for (;;) {
    const list = await whileBusy(title, data.contacts.ensureList(organisationId));
    if (list.load.kind === 'failed' && list.ids.length === 0) throw list.load.error;
    const refs = list.ids.map((contactId) => ({ organisationId, contactId }));
    if (refs.some((ref) => needsPlans(telephoneOf(data.contacts, ref)))) await loadPlans();
    const rows: Row[] = refs.map((ref) => toRow(data, ref));
    const more: Row = {
      label: t('Load more…'),
      description: t('{0} shown', String(rows.length)),
      alwaysShow: true,
    };
    if (list.next !== undefined) rows.push(more);
    const placeHolder = rows.length === 0 ? t('No contacts') : t('Contact');
    const chosen = await pick(rows, title, placeHolder);
    if (chosen?.contactId !== undefined) return { organisationId, contactId: chosen.contactId };
    if (chosen !== more) return undefined;
    await whileBusy(title, data.contacts.loadMore(organisationId));
    const { load } = data.contacts.list(organisationId);
    if (load.kind === 'failed') throw load.error;
  }
}

/** VS Code looks for what was typed as it stands, and a number may be grouped otherwise. */
function pick(rows: readonly Row[], title: string, placeholder: string): Promise<Row | undefined> {
  const list = vscode.window.createQuickPick<Row>();
  Object.assign(list, { title, placeholder, matchOnDescription: true, items: rows });
  let number = '';
  list.onDidChangeValue((value) => {
    const before = number;
    number = numberIn(value);
    if (number === before) return;
    const isWanted = ({ digits = '' }: Row) => number !== '' && digits.includes(number);
    list.items = rows.map((row) => (isWanted(row) ? { ...row, alwaysShow: true } : row));
  });
  return chosenIn(list);
}

const toRow = ({ contacts }: AccountData, ref: ContactRef): Row => ({
  ...contactRow(contacts, ref),
  contactId: ref.contactId,
  digits: digitsOf(telephoneOf(contacts, ref)),
});
