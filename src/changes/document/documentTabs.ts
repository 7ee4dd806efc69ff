/** Finds out where VS Code shows a document. */
import * as vscode from 'vscode';

export const documentAt = (uri: vscode.Uri) =>
  vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());

export function urisOf({ input }: vscode.Tab): readonly vscode.Uri[] {
  if (input instanceof vscode.TabInputText) return [input.uri];
  return input instanceof vscode.TabInputTextDiff ? [input.original, input.modified] : [];
}

export const tabsOf = (uri: vscode.Uri) =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter((tab) => urisOf(tab).some((one) => one.toString() === uri.toString()));

/** True if a tab shows the document. VS Code closes the document of a background tab unless it has unsaved changes. */
export const isShown = (uri: vscode.Uri) => tabsOf(uri).length > 0;
