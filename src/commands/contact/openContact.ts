import * as vscode from 'vscode';
import type { ContactRef } from '../../api/contacts';
import type { CommandHandler } from '../services';
import { contactOf } from '../target';
import { pickContact } from './contactPicker';

/** Of a row, or one that is asked for. */
export const openContact: CommandHandler = async (services, target) => {
  const open = (ref: ContactRef) => services.panels.open(ref);
  const ref = contactOf(target);
  if (ref) open(ref);
  else await pickContact(services, vscode.l10n.t('Open Contact'), undefined, open);
};
