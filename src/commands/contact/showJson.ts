/** Shows a contact as JSON: as the API sent it, or the draft next to the API's values. */
import * as vscode from 'vscode';
import type { ContactRef } from '../../api/contacts';
import type { AccountStores } from '../../contacts/accountStores';
import { isEmpty } from '../../contacts/drafts/draft';
import { jsonUri } from '../../contributions/jsonDocuments';
import { shownName } from '../../platform/text/telephones';
import { keyAt } from '../../protocol/contactKey';
import { withContact } from '../common/contactsFor';
import { whileReading } from '../common/loadContacts';

const { t } = vscode.l10n;

export const showJson = withContact(
  () => t('Show JSON'),
  async (data, ref) => {
    const { key, name } = await readLatest(data, ref, t('Show JSON'));
    await vscode.commands.executeCommand('vscode.open', jsonUri('contact', key), { preview: true }, name);
  },
);

export const compareWithServer = withContact(
  () => t('Compare with Server'),
  async (data, ref, { drafts }) => {
    if (isEmpty(drafts.contacts.get(keyAt(data.account.origin, ref)))) {
      await vscode.window.showInformationMessage(t('This contact has no unsaved changes to compare.'));
      return;
    }
    const { key, name } = await readLatest(data, ref, t('Compare with Server'));
    await vscode.commands.executeCommand(
      'vscode.diff',
      jsonUri('latest', key),
      jsonUri('draft', key),
      t('{0}: on the server ↔ your draft', name),
      { preview: true },
    );
  },
);

async function readLatest({ account, contacts }: AccountStores, ref: ContactRef, title: string) {
  const { resource } = await whileReading(title, (signal) => contacts.load(ref, signal));
  return { key: keyAt(account.origin, ref), name: shownName(resource) };
}
