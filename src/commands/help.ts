import * as vscode from 'vscode';
import { contactsViewId } from '../manifest';
import type { CommandHandler } from './common/services';

const walkthrough = 'ctrl-hub-community.contacts#ctrlHub.gettingStarted';

export const gettingStarted: CommandHandler = async () => {
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', walkthrough, false);
};

export const useSampleData: CommandHandler = async ({ session }) => {
  await session.ready();
  await session.useSampleData();
  await vscode.commands.executeCommand(`${contactsViewId}.focus`);
};

export const showLog: CommandHandler = async ({ log }) => log.show();
