import * as vscode from 'vscode';
import { withContact } from '../contactsFor';

export const revealContact = withContact(
  () => vscode.l10n.t('Show in the List'),
  (_, ref, { reveal }) => reveal(ref),
);
