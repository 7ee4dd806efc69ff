import * as vscode from 'vscode';
import { contactsViewId } from '../manifest';
import type { CommandHandler } from './services';

export const useSampleData: CommandHandler = async ({ session }) => {
  await session.ready();
  await session.useSampleData();
  await vscode.commands.executeCommand(`${contactsViewId}.focus`);
};
