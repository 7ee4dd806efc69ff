/** Commands that act in a contact's panel or open it. */
import * as vscode from 'vscode';
import { withContact } from '../common/contactsFor';
import type { CommandHandler } from '../common/services';

export const saveContact: CommandHandler = async ({ panels }) => panels.active?.contact.save();

export const revertContact: CommandHandler = async ({ panels }) => panels.active?.contact.revert();

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
