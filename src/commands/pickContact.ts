/** Organisation, then contact: how the palette finds what a row would have given. */
import * as vscode from 'vscode';
import type { ContactRef } from '../api/contacts';
import type { AccountData } from '../contacts/accountData';
import { displayName, textOf } from '../contacts/contact';
import { plain } from '../platform/quickPicks';
import { commandIds } from './ids';
import type { Services } from './services';

/** @returns undefined when the person gave up, or is not signed in and was asked to */
export async function pickContact(
  { session, data }: Services,
  title: string,
): Promise<ContactRef | undefined> {
  await session.ready();
  if (data.current === undefined) await vscode.commands.executeCommand(commandIds.signIn);
  const { current } = data;
  if (current === undefined) return undefined;
  const organisationId = await pickOrganisation(current, title);
  return organisationId === undefined ? undefined : pickFrom(current, organisationId, title);
}

async function pickOrganisation({ organisations }: AccountData, title: string): Promise<string | undefined> {
  const read = organisations.ensure().then((list) => {
    if (list.load.kind === 'failed' && list.organisations.length === 0) throw list.load.error;
    return list.organisations;
  });
  const { t } = vscode.l10n;
  const [only, ...others] = await whileBusy(title, read);
  if (only === undefined) {
    await vscode.window.showInformationMessage(t('Your account belongs to no organisation.'));
    return undefined;
  }
  if (others.length === 0) return only.id;
  const items = [only, ...others].map(({ id, name }) => ({ id, label: plain(name) }));
  const options = { title, placeHolder: t('Organisation') };
  return (await vscode.window.showQuickPick(items, options))?.id;
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

/** A QuickPick that shows that it is waiting, and can be closed meanwhile. */
async function whileBusy<T>(title: string, work: Promise<T>): Promise<T> {
  const waiting = vscode.window.createQuickPick();
  waiting.title = title;
  waiting.placeholder = vscode.l10n.t('Loading…');
  waiting.busy = true;
  const closed = new Promise<never>((_, reject) => {
    waiting.onDidHide(() => reject(new vscode.CancellationError()));
  });
  waiting.show();
  try {
    return await Promise.race([work, closed]);
  } finally {
    closed.catch(() => undefined);
    waiting.dispose();
  }
}
