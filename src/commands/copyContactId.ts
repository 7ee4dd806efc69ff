import * as vscode from 'vscode';
import { pickContact } from './pickContact';
import type { CommandHandler } from './services';
import { contactOf } from './target';

/** Of the row, else of the panel that the person is in, else of a contact that is asked for. */
export const copyContactId: CommandHandler = async (services, target) => {
  const { t } = vscode.l10n;
  const ref =
    contactOf(target) ?? services.panels.active?.ref ?? (await pickContact(services, t('Copy Contact ID')));
  if (ref === undefined) return;
  await vscode.env.clipboard.writeText(ref.contactId);
  vscode.window.setStatusBarMessage(t('Contact ID copied'), 3000);
};
