import * as vscode from 'vscode';
import { accountOf } from '../session/session';
import { contactsViewId } from './ids';
import type { CommandHandler } from './services';

export const useSampleData: CommandHandler = async ({ session }) => {
  await session.ready();
  // Chosen again it would begin anew, without what was done in it.
  if (accountOf(session.current)?.kind !== 'sampleData') await session.useSampleData();
  await vscode.commands.executeCommand(`${contactsViewId}.focus`);
};
