import * as vscode from 'vscode';
import { pickContact } from './pickContact';
import type { CommandHandler } from './services';
import { contactOf } from './target';

/** Of a row, or one that is asked for. */
export const openContact: CommandHandler = async (services, target) => {
  const ref = contactOf(target) ?? (await pickContact(services, vscode.l10n.t('Open Contact')));
  if (ref) services.panels.open(ref);
};
