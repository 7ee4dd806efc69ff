import * as vscode from 'vscode';
import { formatNumber, plural } from './plural';

/** Rows of a list that are left out, as they are no resources. */
export const unreadableRows = (count: number) =>
  plural(
    vscode.l10n.t('one: 1 row could not be read | other: {0} rows could not be read', formatNumber(count)),
    count,
  );
