/** The address and the bytes of a text in VS Code's file system. */
import * as vscode from 'vscode';
import { contactsScheme } from '../../manifest';

/** The name appears in the tab. The extension selects the language of the document. */
export const uriOf = (id: string, name: string) =>
  vscode.Uri.from({ scheme: contactsScheme, path: `/${id}/${fileName(name)}.${contactsScheme}` });

const fileName = (name: string) =>
  name
    .replace(/[/\\\p{Cc}\p{Cf}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 60)
    // Half a character cannot stand in an address.
    .replace(/\p{Cs}/gu, '') || 'contacts';

/** @throws `FileSystemError` if the user saves with another encoding: the document then stays unsaved */
export function decoded(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw vscode.FileSystemError.Unavailable(
      vscode.l10n.t(
        'Only UTF-8 can be read here, so nothing was changed. Select the encoding in the status bar, then “Save with Encoding” and UTF-8.',
      ),
    );
  }
}
