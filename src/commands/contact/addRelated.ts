/** Opens a contact and begins there what its own buttons begin. */
import * as vscode from 'vscode';
import { withContact } from '../contactsFor';

const { t } = vscode.l10n;

export const logInteraction = withContact(
  () => t('Log Interaction'),
  async (_, ref, { panels }) => panels.edit(ref, 'interactions'),
);
export const linkAccount = withContact(
  () => t('Link Account'),
  async (_, ref, { panels }) => panels.edit(ref, 'accounts'),
);
