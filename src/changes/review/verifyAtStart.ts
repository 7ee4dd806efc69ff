/**
 * Runs when a window starts: removes expired batches, and after a crash during an Apply reads the contacts to find
 * their outcomes.
 */
import * as vscode from 'vscode';
import type { Services } from '../../commands/common/services';
import type { AccountStores } from '../../contacts/accountStores';
import { commandIds } from '../../manifest';
import { isUnknown } from '../apply/journalRecord';
import { senderOf } from '../apply/sender';
import { verifyJournal } from '../apply/verify';
import { journalOf } from './journalOf';
import { outcomesText } from './reviewTexts';

const started = new WeakMap<AccountStores, Promise<void>>();

/** Does this once for an account. Resolves when the outcomes are found, and does not wait until they are read. */
export function verifyApplied(...args: Parameters<typeof verify>): Promise<void> {
  const [, data] = args;
  const verifying =
    started.get(data) ??
    verify(...args).catch((error: unknown) => {
      started.delete(data);
      throw error;
    });
  started.set(data, verifying);
  return verifying;
}

async function verify(
  services: Pick<Services, 'globalStorage' | 'clock' | 'log' | 'drafts'>,
  data: AccountStores,
  signal: AbortSignal,
): Promise<void> {
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
  if (!(await verifyJournal(journal, origin, senderOf(data, services.drafts.contacts), signal))) return;
  if (before.length === 0) return;
  const items = (await journal.batches(origin)).flatMap((batch) =>
    before.includes(batch.id) ? batch.items : [],
  );
  tell(outcomesText(items.map(({ outcome }) => outcome)));
}

function tell(outcomes: string): void {
  const { t } = vscode.l10n;
  const review = t('Review Changes');
  const text = t('Applying changes was interrupted: {0}.', outcomes);
  void vscode.window.showInformationMessage(text, review).then(async (chosen) => {
    if (chosen === review) await vscode.commands.executeCommand(commandIds.reviewChanges);
  });
}
