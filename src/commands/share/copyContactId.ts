import * as vscode from 'vscode';
import { contactsFor } from '../contactsFor';
import type { CommandHandler } from '../services';
import { copy } from './copyContact';

/** Of the rows, else of the panel that the person is in, else of a contact that is asked for. */
export const copyContactId: CommandHandler = async (services, target, targets) => {
  const { t } = vscode.l10n;
  const refs = await contactsFor(services, t('Copy Contact ID'), target, targets);
  if (refs.length === 0) return;
  await copy(refs.map(({ contactId }) => contactId).join('\n'), t('Contact ID copied'));
};
