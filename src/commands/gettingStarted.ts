import * as vscode from 'vscode';
import type { CommandHandler } from './services';

const walkthrough = 'ctrl-hub-community.contacts#ctrlHub.gettingStarted';

export const gettingStarted: CommandHandler = async () => {
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', walkthrough, false);
};
