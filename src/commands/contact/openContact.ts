/** Commands that open a contact, and let the user pick one if no row names it. */
import * as vscode from 'vscode';
import type { ContactRef } from '../../api/contacts';
import { pickContact } from '../common/contactPicker';
import { withContact } from '../common/contactsFor';
import type { CommandHandler } from '../common/services';
import { contactOf } from '../common/target';

/** Opens the contact of a row, or one that the user picks. */
export const openContact: CommandHandler = async (services, target) => {
  const open = (ref: ContactRef) => services.panels.open(ref);
  const ref = contactOf(target);
  if (ref) open(ref);
  else await pickContact(services, vscode.l10n.t('Open Contact'), undefined, open);
};

export const findContact: CommandHandler = (services, target) =>
  pickContact(services, vscode.l10n.t('Find Contact'), target, (ref) => services.panels.edit(ref));

export const logInteraction = withContact(
  () => vscode.l10n.t('Log Interaction'),
  async (_, ref, { panels }) => panels.edit(ref, 'interactions'),
);
export const linkAccount = withContact(
  () => vscode.l10n.t('Link Account'),
  async (_, ref, { panels }) => panels.edit(ref, 'accounts'),
);

export const revealContact = withContact(
  () => vscode.l10n.t('Show in the List'),
  (_, ref, { reveal }) => reveal(ref),
);
