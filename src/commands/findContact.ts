import * as vscode from 'vscode';
import { pickContact } from './contactPicker';
import type { CommandHandler } from './services';

export const findContact: CommandHandler = (services, target) =>
  pickContact(services, vscode.l10n.t('Find Contact'), target, (ref) => services.panels.edit(ref));
