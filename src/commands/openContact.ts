import * as vscode from 'vscode';
import { pickContact } from './pickContact';
import type { CommandHandler } from './services';
import { contactOf, isKey } from './target';

/** Of a row, of the row that has the focus (by its key), or one that is asked for. */
export const openContact: CommandHandler = async (services, target) => {
  const focused = isKey(target) ? (await services.focusedNodes()).row : undefined;
  // A key on a row that is no contact is not to open a list of them.
  if (isKey(target) && contactOf(focused) === undefined) return;
  const ref = contactOf(focused ?? target) ?? (await pickContact(services, vscode.l10n.t('Open Contact')));
  if (ref) services.panels.open(ref);
};
