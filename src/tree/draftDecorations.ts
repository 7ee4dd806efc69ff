import * as vscode from 'vscode';
import { type ContactKey, keyText } from '../protocol/contactKey';

const scheme = 'ctrl-hub-draft';

/** The URI of a contact's draft for VS Code's decorations. It cannot be opened. */
export function draftUri(key: ContactKey): vscode.Uri {
  return vscode.Uri.from({ scheme, path: '/', query: keyText(key) });
}

/** Marks every resource of the scheme as a contact with unsaved changes. */
export class DraftDecorations implements vscode.FileDecorationProvider {
  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    if (uri.scheme !== scheme) return undefined;
    return {
      badge: '●',
      color: new vscode.ThemeColor('gitDecoration.modifiedResourceForeground'),
      tooltip: vscode.l10n.t('Unsaved changes'),
    };
  }
}
