import * as vscode from 'vscode';
import type { UrlProblem } from '../../session/environment';

/** Describes an invalid URL, with an example of a valid one. */
export function urlComplaint(problem: UrlProblem): string {
  const { t } = vscode.l10n;
  switch (problem) {
    case 'notAUrl':
      return t('This is not a web address. It should look like https://api.ctrl-hub.com.');
    case 'notHttps':
      return t(
        'This address is not secure. It must begin with https:// (http:// is for this computer only).',
      );
    case 'hasExtras':
      return t('This address holds a user name, a query or a fragment. Leave only the address.');
  }
}
