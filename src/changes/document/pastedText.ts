import * as vscode from 'vscode';
import { contactsScheme } from '../../manifest';

/** True if one change replaced the whole text, such as by Select All and Paste. */
export function isPastedWhole({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent): boolean {
  const [change, ...others] = contentChanges;
  if (document.uri.scheme !== contactsScheme || change === undefined || others.length > 0 || reason)
    return false;
  return change.rangeOffset === 0 && change.rangeLength > 0 && change.text === document.getText();
}

/** VS Code scrolls to the end of a pasted text, but one reads a new text from its beginning. */
export function showBeginning(document: vscode.TextDocument): void {
  const top = new vscode.Range(0, 0, 0, 0);
  for (const editor of vscode.window.visibleTextEditors)
    if (editor.document === document) editor.revealRange(top, vscode.TextEditorRevealType.AtTop);
}
