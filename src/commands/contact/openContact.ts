import * as vscode from 'vscode';
import type { ContactRef } from '../../api/contacts';
import { pickContact } from '../common/contactPicker';
import type { CommandHandler } from '../common/services';
import { contactOf, isKey } from '../common/target';

/** Of a row, or one that is asked for. */
export const openContact: CommandHandler = async (services, target) => {
  const open = (ref: ContactRef) => services.panels.open(ref);
  const ref = contactOf(target);
  if (ref) open(ref);
  else await pickContact(services, vscode.l10n.t('Open Contact'), undefined, open);
};

/**
 * Opens the row of a menu, the row that has the focus (by its key), or the row that was clicked, which is
 * the selected one. Its command has no arguments: VS Code forgets those while a list is drawn anew, and a
 * click that meets that would do nothing.
 */
export const openRow: CommandHandler = async ({ panels, selectedContact, focusedNodes }, target) => {
  if (isKey(target)) {
    const ref = contactOf((await focusedNodes()).row);
    if (ref) panels.edit(ref);
    return;
  }
  const ref = target === undefined ? await selectedContact() : contactOf(target);
  if (ref) panels.open(ref);
};

export const findContact: CommandHandler = (services, target) =>
  pickContact(services, vscode.l10n.t('Find Contact'), target, (ref) => services.panels.edit(ref));
