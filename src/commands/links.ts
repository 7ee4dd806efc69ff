import * as vscode from 'vscode';
import { linkPath, parseLink, toLinkQuery } from '../contacts/link';
import { contactsFor } from './contactsFor';
import { copy } from './copyContact';
import { commandIds } from './ids';
import type { CommandHandler, Services } from './services';

/** One link a line. Who opens it sees the contact if their account may. */
export const copyLink: CommandHandler = async (services, target, targets) => {
  const { t } = vscode.l10n;
  const refs = await contactsFor(services, t('Copy Link'), target, targets);
  const links = refs.flatMap((ref) => {
    const query = toLinkQuery(ref);
    if (query === undefined) return [];
    return `${vscode.env.uriScheme}://${services.extensionId}${linkPath}?${query}`;
  });
  if (refs.length > 0 && links.length < refs.length) {
    await vscode.window.showInformationMessage(t('This contact’s ID does not fit into a link.'));
  }
  if (links.length > 0) await copy(links.join('\n'), t('Link copied'));
};

/** Shows the contact of a link, and does nothing else; who is signed out is asked to sign in first. */
export async function openLink(services: Services, uri: vscode.Uri): Promise<void> {
  const { t } = vscode.l10n;
  const ref = parseLink(uri.path, uri.query);
  if (ref === undefined) {
    await vscode.window.showWarningMessage(t('This link does not lead to a contact.'));
    return;
  }
  if (services.data.current === undefined) await vscode.commands.executeCommand(commandIds.signIn);
  services.panels.open(ref);
}
