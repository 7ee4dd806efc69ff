/**
 * Runs when a window starts: removes expired batches, and after a crash during an Apply reads the contacts to find
 * their outcomes.
 */
import * as vscode from 'vscode';
import type { Services } from '../../commands/common/services';
import type { AccountStores } from '../../contacts/accountStores';
import { commandIds } from '../../manifest';
import { senderOf } from '../apply/sender';
import { verifyInterrupted } from '../apply/verify';
import { journalOf } from './journalOf';
import { outcomesText } from './reviewTexts';

const started = new WeakMap<AccountStores, Promise<boolean>>();

/**
 * Does this once for an account. Resolves when the outcomes are found, and does not wait until they are read.
 * @returns false while another window is applying changes, or was killed a moment ago
 */
export function verifyApplied(...args: Parameters<typeof verify>): Promise<boolean> {
  const [, data] = args;
  const already = started.get(data);
  if (already) return already;
  let isOver = false;
  const verifying = verify(...args)
    .then((isDone) => {
      isOver = isDone;
      return isDone;
    })
    .finally(() => isOver || started.delete(data));
  started.set(data, verifying);
  return verifying;
}

async function verify(
  services: Pick<Services, 'globalStorage' | 'clock' | 'log' | 'drafts'>,
  data: AccountStores,
  signal: AbortSignal,
): Promise<boolean> {
  const { clock } = services;
  const { origin } = data.account;
  const journal = journalOf(services);
  const sender = senderOf(data, services.drafts.contacts);
  const outcomes = await verifyInterrupted(journal, origin, sender, { clock, signal });
  if (outcomes === undefined) return false;
  if (outcomes.length > 0) tell(outcomesText(outcomes));
  return true;
}

function tell(outcomes: string): void {
  const { t } = vscode.l10n;
  const review = t('Review Changes');
  const text = t('Applying changes was interrupted: {0}.', outcomes);
  void vscode.window.showInformationMessage(text, review).then(async (chosen) => {
    if (chosen === review) await vscode.commands.executeCommand(commandIds.reviewChanges);
  });
}
