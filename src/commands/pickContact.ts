/** Organisation, then contact: how the palette finds what a row would have given. */
import * as vscode from 'vscode';
import type { ContactRef } from '../api/contacts';
import type { AccountData } from '../contacts/accountData';
import { displayName, textOf } from '../contacts/contact';
import { plain, whileBusy } from '../platform/quickPicks';
import { pickOrganisation } from './pickOrganisations';
import type { Services } from './services';

/** @returns undefined when the person gave up, or is not signed in and was asked to */
export async function pickContact(services: Services, title: string): Promise<ContactRef | undefined> {
  const chosen = await pickOrganisation(services, title);
  return chosen && pickFrom(chosen.data, chosen.organisationId, title);
}

type Row = vscode.QuickPickItem & { readonly contactId?: string };

async function pickFrom(
  data: AccountData,
  organisationId: string,
  title: string,
): Promise<ContactRef | undefined> {
  const { t } = vscode.l10n;
  for (;;) {
    const list = await whileBusy(title, data.contacts.ensureList(organisationId));
    if (list.load.kind === 'failed' && list.ids.length === 0) throw list.load.error;
    const rows: Row[] = list.ids.map((contactId) => toRow(data, { organisationId, contactId }));
    const more: Row = {
      label: t('Load more…'),
      description: t('{0} shown', String(rows.length)),
      alwaysShow: true,
    };
    if (list.next !== undefined) rows.push(more);
    const placeHolder = rows.length === 0 ? t('No contacts') : t('Contact');
    const chosen = await vscode.window.showQuickPick(rows, { title, placeHolder, matchOnDescription: true });
    if (chosen?.contactId !== undefined) return { organisationId, contactId: chosen.contactId };
    if (chosen !== more) return undefined;
    await whileBusy(title, data.contacts.loadMore(organisationId));
    const { load } = data.contacts.list(organisationId);
    if (load.kind === 'failed') throw load.error;
  }
}

function toRow({ contacts }: AccountData, ref: ContactRef): Row {
  const resource = contacts.summary(ref);
  if (resource === undefined) return { label: plain(ref.contactId), contactId: ref.contactId };
  const label = plain(displayName(resource));
  const others = (['email', 'telephone'] as const).map((name) => plain(textOf(resource, name)));
  const description = others.filter((text) => text !== '' && text !== label).join(' · ');
  return { label, description, contactId: ref.contactId };
}
