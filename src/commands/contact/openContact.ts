import * as vscode from 'vscode';
import type { ContactRef } from '../../api/contacts';
import { pickContact } from '../common/contactPicker';
import type { CommandHandler } from '../common/services';
import { contactOf, isKey } from '../common/target';

/** Opens the contact of a row, or one that the user picks. */
export const openContact: CommandHandler = async (services, target) => {
  const open = (ref: ContactRef) => services.panels.open(ref);
  const ref = contactOf(target);
  if (ref) open(ref);
  else await pickContact(services, vscode.l10n.t('Open Contact'), undefined, open);
};

/**
 * Opens the row of a menu, the focused row (by its key), or the clicked row, which is the selected one. The
 * command of a row has no arguments, because VS Code drops them while it redraws the list, and a click at
 * that time would do nothing.
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
