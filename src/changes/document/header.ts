/** The comments at the beginning of a text of contacts. */
import * as vscode from 'vscode';
import { toLine } from '../../base/text';
import { environmentName } from '../../platform/text/environmentNames';
import { contactCount } from '../../platform/text/plural';

/** @param name the name of the organisation, or of the selection */
export function headerOf(origin: string, name: string, count: number): readonly string[] {
  const { t } = vscode.l10n;
  const contacts = contactCount(count);
  const title = toLine(name);
  return [
    // The name of some contacts of an organisation ends with their number.
    [title, ...(title.endsWith(contacts) ? [] : [contacts]), environmentName(origin)].join(' · '),
    t(
      'Saving keeps your changes as drafts and sends nothing. “Ctrl Hub: Review Changes…” shows and applies them.',
    ),
    t('A field without a value is emptied. A contact or a line that you remove is left alone.'),
    t('The ID in square brackets tells whose fields these are: leave it as it is.'),
    t('VS Code keeps text that is not saved on this computer, and assistants may read an open document.'),
  ];
}
