import * as vscode from 'vscode';
import type { AccountStores } from '../../contacts/accountStores';
import { formatNumber } from '../../platform/text/plural';

/** Reads all of some lists. @throws ApiError, or what says that the reading was stopped, here or in the view */
export async function readWhole(
  { contacts, wholeLoads }: AccountStores,
  organisationIds: readonly string[],
  signal: AbortSignal,
  say: (message: string) => void,
): Promise<void> {
  const show = () => {
    const parts = organisationIds.map((id) => contacts.progress(id));
    const read = formatNumber(parts.reduce((sum, { loaded }) => sum + loaded, 0));
    const all = parts.reduce((sum, { total = Number.NaN }) => sum + total, 0);
    say(
      Number.isNaN(all)
        ? vscode.l10n.t('{0} read', read)
        : vscode.l10n.t('{0} of {1} read', read, formatNumber(all)),
    );
  };
  const changes = contacts.onDidChange(show);
  try {
    show();
    const isRead = await wholeLoads.load(organisationIds, signal, true);
    // The old rows of a complete list are not what was asked for, and the next load would begin again.
    if (!isRead) throw new vscode.CancellationError();
    // A list that changed during the read is read once more.
    await wholeLoads.load(organisationIds, signal);
  } finally {
    changes.dispose();
  }
  for (const { complete, load } of organisationIds.map((id) => contacts.list(id))) {
    if (load.kind === 'failed') throw load.error;
    if (!complete) throw new vscode.CancellationError();
  }
}
