import * as vscode from 'vscode';
import { type DraftKey, keyText } from '../contacts/drafts/draft';

const scheme = 'ctrl-hub-draft';

/** Names a contact's draft for VS Code's decorations; nothing can be opened by it. */
export function draftUri(key: DraftKey): vscode.Uri {
  return vscode.Uri.from({ scheme, path: '/', query: keyText(key) });
}

/** Every resource of the scheme is a contact with unsaved changes. */
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
