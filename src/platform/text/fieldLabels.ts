import * as vscode from 'vscode';
import type { FieldName } from '../../protocol/fields';

/** What a person calls the fields, everywhere. */
export function fieldLabels(): Readonly<Record<FieldName, string>> {
  const { t } = vscode.l10n;
  return {
    first_name: t('First name'),
    last_name: t('Last name'),
    email: t('Email'),
    telephone: t('Telephone'),
  };
}
