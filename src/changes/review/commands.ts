/** The commands to review, apply, undo and forget changes. */
import * as vscode from 'vscode';
import { KeyedQueue } from '../../base/concurrency';
import { signedInData } from '../../commands/common/pickOrganisations';
import type { CommandHandler, Services } from '../../commands/common/services';
import type { AccountStores } from '../../contacts/accountStores';
import { PatientReads } from '../../contacts/saving/patientReads';
import { withCancellableProgress } from '../../platform/dialogs/progress';
import { senderOf } from '../apply/sender';
import { verifyJournal } from '../apply/verify';
import { journalOf } from './journalOf';
import { Review } from './review';
import type { ReviewScope } from './reviewScope';
import { draftUndo, pickBatch } from './undoDrafts';
import { verifyApplied } from './verifyAtStart';

let open: Review | undefined;
/** Serialises the commands, so that a review requested during an Undo shows the result of the Undo. */
const queue = new KeyedQueue();

const queued =
  (handler: CommandHandler): CommandHandler =>
  (...args) =>
    queue.take('review', () => handler(...args));

export const reviewChanges = queued((services, target) => review(services, target === 'keepFocus'));

/** Applies the changes in the review. Opens the review first if it is not open. */
export const applyChanges: CommandHandler = async (services, target, targets) => {
  await queue.over();
  if (open === undefined) return reviewChanges(services, target, targets);
  open.reveal();
  await open.apply();
};

export const undoChanges = queued(async (services) => {
  const { t } = vscode.l10n;
  const data = await signedInData(services);
  if (data === undefined || isApplying()) return;
  await data.organisations.ensure();
  const { origin } = data.account;
  const journal = journalOf(services);
  // Changes whose answers were lost are found out first: those that arrived are undone, too.
  await withCancellableProgress(t('Undo Changes'), (cancelled) =>
    verifyJournal(
      journal,
      origin,
      senderOf(data, services.drafts.contacts),
      new PatientReads({ clock: services.clock, signal: cancelled }),
    ),
  );
  const chosen = await pickBatch(await journal.batches(origin), data);
  if (chosen === undefined || services.data.current !== data || isApplying()) return;
  // The list may have been open for long, while another window was applying the changes.
  const batch = (await journal.batches(origin)).find(({ id }) => id === chosen.batch.id);
  if (batch === undefined) {
    await vscode.window.showInformationMessage(t('The changes that were applied are forgotten.'));
    return;
  }
  // Shows immediately that the previous plan is outdated.
  const page = openReview(services, data, true);
  const { refs, skipped, fields } = await page.prepare(async (signal) =>
    withCancellableProgress(t('Undo Changes'), (cancelled) =>
      draftUndo({ ...chosen, batch }, data, services, AbortSignal.any([signal, cancelled])),
    ),
  );
  await page.read({ source: 'undo', undoes: batch, refs, skipped, fields });
});

/** Reviews drafts that a command makes. @param make makes the drafts */
export const reviewDrafts = (
  services: Services,
  data: AccountStores,
  make: () => Promise<ReviewScope>,
): Promise<void> =>
  queue.take('review', async () => {
    if (isApplying()) {
      const text = vscode.l10n.t('Changes are being applied. Try again when that is done.');
      await vscode.window.showInformationMessage(text);
    } else if (services.data.current === data) {
      const page = openReview(services, data, false);
      await page.read(await page.prepare(make));
    }
  });

export const forgetChanges: CommandHandler = async (services) => {
  const { t } = vscode.l10n;
  const yes = t('Forget');
  const answer = await vscode.window.showWarningMessage(
    t('Forget all changes that were applied on this computer?'),
    {
      modal: true,
      detail: t('They cannot be undone afterwards. What was saved in Ctrl Hub stays as it is.'),
    },
    yes,
  );
  if (answer !== yes) return;
  const isDone = await forgetApplied(services);
  await vscode.window.showInformationMessage(
    isDone
      ? t('The changes that were applied are forgotten.')
      : t('Another window is applying changes. Try again when it is done.'),
  );
};

/**
 * Deletes the journal.
 * @param origin limits the deletion to this API
 * @returns false while changes are being applied
 */
export async function forgetApplied(
  services: Pick<Services, 'globalStorage' | 'clock' | 'log'>,
  origin?: string,
): Promise<boolean> {
  const journal = journalOf(services);
  const isDone = await journal.exclusively(async () => {
    await journal.forget(origin);
    return true;
  });
  return isDone ?? false;
}

/** @param keepsFocus true if an assistant opens the page while the user types elsewhere */
async function review(services: Services, keepsFocus: boolean): Promise<void> {
  const data = await signedInData(services);
  if (data === undefined || isApplying(keepsFocus)) return;
  // A proposal does not end the review of a file or of an Undo, which alone lists what was left out.
  if (keepsFocus && open?.isLimited) return open.reveal(true);
  const edited = services.drafts.contacts.edited(data.account.origin);
  if (edited.length === 0 && open === undefined) {
    await vscode.window.showInformationMessage(vscode.l10n.t('There are no unsaved contacts.'));
    return;
  }
  await openReview(services, data, keepsFocus).read({ source: 'drafts' });
}

/** While changes are being applied, only reveals the page, which shows the progress. */
function isApplying(keepsFocus = false): boolean {
  if (!open?.isApplying) return false;
  open.reveal(keepsFocus);
  return true;
}

/** Shows the changes in the tab of an earlier window, after a reload. Closes the tab if nobody is signed in. */
export async function restoreReview(services: Services, window: vscode.WebviewPanel): Promise<void> {
  await services.session.ready();
  const data = services.data.current;
  if (data === undefined || open !== undefined) return void window.dispose();
  const page = openReview(services, data, true, window);
  // It tells what became of an Apply that the end of the earlier window interrupted.
  await page.prepare((signal) => verifyApplied(services, data, signal));
  const isClosed = () => open !== page;
  if (!isClosed()) await page.read({ source: 'drafts' });
}

function openReview(
  services: Services,
  data: AccountStores,
  preserveFocus: boolean,
  restored?: vscode.WebviewPanel,
): Review {
  if (open === undefined) {
    const closed = () => {
      if (open === mine) open = undefined;
    };
    const mine = new Review(services, data, journalOf(services), closed, preserveFocus, restored);
    open = mine;
  } else open.reveal(preserveFocus);
  return open;
}
