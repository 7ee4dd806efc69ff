/**
 * Runs when a window starts: removes expired batches, and after a crash during an Apply reads the contacts to find
 * their outcomes.
 */
import * as vscode from 'vscode';
import type { Services } from '../../commands/common/services';
import type { AccountStores } from '../../contacts/accountStores';
import { commandIds } from '../../manifest';
import { senderOf } from '../apply/sender';
import { isUnknown, verifyJournal } from '../apply/verify';
import { journalOf } from './journalOf';
import { outcomesText } from './reviewTexts';

export async function verifyApplied(
  services: Pick<Services, 'globalStorage' | 'clock' | 'log' | 'drafts'>,
  data: AccountStores,
  signal: AbortSignal,
): Promise<void> {
  const { t } = vscode.l10n;
  const { origin } = data.account;
  const journal = journalOf(services);
  // If another window is applying changes, it does this itself.
  const lock = await journal.lock();
  try {
    if (lock) await journal.prune();
  } finally {
    await lock?.free();
  }
  const before = (await journal.batches(origin)).filter(isUnknown).map(({ id }) => id);
  if (before.length === 0) return;
  if (!(await verifyJournal(journal, origin, senderOf(data, services.drafts.contacts), signal))) return;
  const items = (await journal.batches(origin)).flatMap((batch) =>
    before.includes(batch.id) ? batch.items : [],
  );
  const review = t('Review Changes');
  const text = t('Applying changes was interrupted: {0}.', outcomesText(items.map(({ outcome }) => outcome)));
  const chosen = await vscode.window.showInformationMessage(text, review);
  if (chosen === review) await vscode.commands.executeCommand(commandIds.reviewChanges);
}
