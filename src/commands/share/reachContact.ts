/** Opens the program that this computer has for an email address or a telephone number. */

import * as vscode from 'vscode';
import { toLine } from '../../base/text';
import { textOf } from '../../contacts/model/contact';
import { toMailto } from '../../contacts/model/contactUris';
import { pickOne } from '../../platform/dialogs/quickPicks';
import { plain } from '../../platform/text/plain';
import { callableNumbers } from '../../platform/text/telephones';
import { withContact } from '../common/contactsFor';
import { loadSummaries } from '../common/loadContacts';

const { t } = vscode.l10n;

export const emailContact = withContact(
  () => t('Email Contact'),
  async (data, ref) => {
    const [resource] = await loadSummaries(data, [ref], t('Email Contact'));
    const address = resource && toMailto(textOf(resource, 'email'));
    if (address === undefined)
      await vscode.window.showInformationMessage(
        t('This contact has no email address that can be written to.'),
      );
    else await vscode.env.openExternal(vscode.Uri.parse(address));
  },
);

export const callContact = withContact(
  () => t('Call'),
  async (data, ref) => {
    const [resource] = await loadSummaries(data, [ref], t('Call'));
    const field = resource === undefined ? '' : textOf(resource, 'telephone');
    const uri = await numberToCall(field);
    if (uri !== undefined) await vscode.env.openExternal(vscode.Uri.parse(uri));
  },
);

/** Returns the only number, or the one that the user picks. A field without a number shows a message. */
async function numberToCall(field: string): Promise<string | undefined> {
  const numbers = await callableNumbers(field);
  if (numbers.length > 1) {
    const rows = numbers.map(({ written, uri }) => ({ label: plain(written), uri }));
    const texts = { title: t('Call'), placeholder: t('Choose the number to call') };
    return (await pickOne(rows, texts))?.uri;
  }
  const [only] = numbers;
  if (only === undefined) {
    const words =
      field.trim() === ''
        ? t('This contact has no telephone number that can be called.')
        : t(
            '“{0}” is not one complete telephone number, so it cannot be called. Correct the field, or copy the number and dial it yourself.',
            toLine(field, 60),
          );
    await vscode.window.showInformationMessage(words);
  }
  return only?.uri;
}
