/** Hands an address to the program that this computer has for it. */
import * as vscode from 'vscode';
import { textOf } from '../contacts/contact';
import { toMailto, toTel } from '../contacts/reach';
import { known, withContact } from './contactsFor';
import type { CommandHandler } from './services';

const { t } = vscode.l10n;

export const emailContact = reach(
  'email',
  () => t('E-mail Contact'),
  toMailto,
  () => t('This contact has no e-mail address that can be written to.'),
);
export const callContact = reach(
  'telephone',
  () => t('Call'),
  toTel,
  () => t('This contact has no telephone number that can be called.'),
);

function reach(
  field: 'email' | 'telephone',
  title: () => string,
  toAddress: (text: string) => string | undefined,
  none: () => string,
): CommandHandler {
  return withContact(title, async (data, ref) => {
    const [resource] = await known(data, [ref], title());
    const address = resource && toAddress(textOf(resource, field));
    if (address === undefined) await vscode.window.showInformationMessage(none());
    else await vscode.env.openExternal(vscode.Uri.parse(address));
  });
}
