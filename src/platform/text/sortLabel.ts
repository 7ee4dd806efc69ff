import * as vscode from 'vscode';
import type { Sort } from '../../contacts/lists/listOptions';
import { isFieldName } from '../../contacts/model/contact';
import { attributeLabel, fieldLabels, timeLabels } from './labels';

/** Describes a sort order, such as "Last name, Z to A". */
export function sortLabel({ by, descending }: Sort): string {
  const { t } = vscode.l10n;
  // A Map, because a server may offer to sort by `constructor`.
  const time = new Map(Object.entries(timeLabels())).get(by);
  const label = isFieldName(by) ? fieldLabels()[by] : (time ?? attributeLabel(by));
  if (time !== undefined) return descending ? t('{0}, newest first', label) : t('{0}, oldest first', label);
  return descending ? t('{0}, Z to A', label) : t('{0}, A to Z', label);
}
