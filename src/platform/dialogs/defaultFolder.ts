import { homedir } from 'node:os';
import * as vscode from 'vscode';

/** The folder in which a file dialog begins: the one that is open in this window, or the user's own. */
export const defaultFolder = (): vscode.Uri =>
  vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
