import * as vscode from 'vscode';
import type { ContactRef } from '../../api/contacts';
import { isSameId } from '../../api/http/document';
import type { AccountStores } from '../../contacts/accountStores';
import { linkPath, toLinkQuery } from '../../contacts/model/contactLink';
import { commandIds } from '../../manifest';
import { formatNumber, plural } from '../../platform/text/plural';
import { contactsFor } from '../common/contactsFor';
import type { CommandHandler, Services } from '../common/services';
import { copy } from './copyContact';

/** Copies one link a line. A link opens the contact for any account that may read it. */
export const copyLink: CommandHandler = async (services, target, targets) => {
  const { t } = vscode.l10n;
  const refs = await contactsFor(services, t('Copy Link'), target, targets);
  const links = refs.flatMap((ref) => {
    const query = toLinkQuery(ref);
    if (query === undefined) return [];
    return `${vscode.env.uriScheme}://${services.extensionId}${linkPath}?${query}`;
  });
  if (refs.length > 0 && links.length < refs.length) {
    await vscode.window.showInformationMessage(t('An ID does not fit into a link.'));
  }
  if (links.length === 0) return;
  const words = t('one: Link copied | other: {0} links copied', formatNumber(links.length));
  await copy(links.join('\n'), plural(words, links.length));
};

/**
 * Opens the contact of a link, and does nothing else. A signed-out user is asked to sign in first.
 * @param ref undefined for a link without a contact
 */
export async function openLink(services: Services, ref: ContactRef | undefined): Promise<void> {
  const { t } = vscode.l10n;
  if (ref === undefined) {
    await vscode.window.showWarningMessage(t('This link does not lead to a contact.'));
    return;
  }
  if (services.data.current === undefined) await vscode.commands.executeCommand(commandIds.signIn);
  const { current } = services.data;
  services.panels.open(current === undefined ? ref : await asListed(current, ref));
}

/**
 * Returns the IDs as Ctrl Hub writes them. A link may contain a UUID in capitals; with it, the contact would
 * not be found, or would have a second panel and a second draft.
 */
async function asListed({ organisations, contacts }: AccountStores, ref: ContactRef): Promise<ContactRef> {
  const isAsWritten = [ref.organisationId, ref.contactId].every((id) => id === id.toLowerCase());
  if (isAsWritten || contacts.summary(ref) !== undefined) return ref;
  const { organisations: all } = await organisations.ensure();
  const organisationId = all.find(({ id }) => isSameId(id, ref.organisationId))?.id ?? ref.organisationId;
  for (const contactId of [ref.contactId, ref.contactId.toLowerCase()]) {
    if (!isSameId(contactId, ref.contactId)) continue;
    const found = await contacts.load({ organisationId, contactId }).catch(() => undefined);
    if (found !== undefined) return { organisationId, contactId: found.resource.id };
  }
  // The panel shows the error if the contact cannot be read.
  return { organisationId, contactId: ref.contactId };
}
