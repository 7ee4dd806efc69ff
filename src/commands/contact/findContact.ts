import * as vscode from 'vscode';
import type { CommandHandler } from '../services';
import { pickContact } from './contactPicker';

export const findContact: CommandHandler = (services, target) =>
  pickContact(services, vscode.l10n.t('Find Contact'), target, (ref) => services.panels.edit(ref));
