/** Copies parts of contacts to the clipboard: one line each, or JSON. */

import * as vscode from 'vscode';
import type { Resource } from '../../api/http/document';
import { clip } from '../../base/text';
import { emailLine, nameLine, telephoneLine, toJson } from '../../contacts/model/contactText';
import { plain } from '../../platform/text/plain';
import { formatNumber, plural } from '../../platform/text/plural';
import { contactsFor, withContacts } from '../common/contactsFor';
import { loadResources, loadSummaries } from '../common/loadContacts';
import type { CommandHandler } from '../common/services';

const { t } = vscode.l10n;

/** Uses the selected rows, or else the active panel's contact, or else a contact that the user picks. */
export const copyContactId: CommandHandler = async (services, target, targets) => {
  const refs = await contactsFor(services, t('Copy Contact ID'), target, targets);
  if (refs.length === 0) return;
  const words = t('one: Contact ID copied | other: {0} contact IDs copied', formatNumber(refs.length));
  await copy(refs.map(({ contactId }) => contactId).join('\n'), plural(words, refs.length));
};

export const copyEmail = copyLines(
  () => t('Copy Email'),
  emailLine,
  () => t('There is no email address to copy.'),
);
export const copyTelephone = copyLines(
  () => t('Copy Telephone'),
  telephoneLine,
  () => t('There is no telephone number to copy.'),
);
export const copyName = copyLines(
  () => t('Copy Name and Email'),
  nameLine,
  () => t('There is nothing to copy.'),
);

export const copyAsJson: CommandHandler = withContacts(
  () => t('Copy as JSON'),
  async (data, refs) => {
    const given = await loadResources(data, refs, t('Copy as JSON'));
    await copy(toJson(given.length === 1 ? given[0] : given), t('JSON copied'));
  },
);

/** Copies one line for each contact that has the value. */
function copyLines(title: () => string, lineOf: (resource: Resource) => string, none: () => string) {
  return withContacts(title, async (data, refs) => {
    const lines = (await loadSummaries(data, refs, title())).map(lineOf).filter((line) => line !== '');
    if (lines.length === 0) await vscode.window.showInformationMessage(none());
    else await copy(lines.join('\n'), wordsFor(lines));
  });
}

/** Shows the copied text if it is one line. */
function wordsFor(lines: readonly string[]): string {
  const [only = '', ...others] = lines;
  if (others.length === 0) return t('Copied: {0}', plain(clip(only, 100)));
  const count = formatNumber(lines.length);
  return plural(t('one: 1 line copied | other: {0} lines copied', count), lines.length);
}

/** @param message the text for the status bar */
export async function copy(text: string, message: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(message, 5000);
}
