import * as vscode from 'vscode';
import { logUnexpected } from '../base/log';
import { formatNumber, plural } from '../platform/text/plural';
import { accountOf } from '../session/session';
import type { CommandHandler, Services } from './common/services';
import { type DiscardServices, discard } from './contact/deleteAllDrafts';

export const signOut: CommandHandler = async (services) => {
  await signOutOf(services, accountOf(services.session.current)?.origin);
};

type TextsOnDisk = Awaited<ReturnType<Services['texts']>>['documents']['onDisk'];

/** The services that a sign-out needs. */
interface SignOutServices extends DiscardServices, Pick<Services, 'globalStorage' | 'clock' | 'log'> {
  readonly session: Pick<Services['session'], 'signOut'>;
  texts(): Promise<{
    readonly documents: {
      readonly onDisk: Pick<TextsOnDisk, 'leave'> & {
        damaged(origin: string): Promise<readonly unknown[]>;
      };
    };
  }>;
}

/** A disk that refuses must not keep the user signed in. */
async function damagedTexts({ texts, log }: SignOutServices, origin: string): Promise<readonly unknown[]> {
  try {
    return await (await texts()).documents.onDisk.damaged(origin);
  } catch (error) {
    logUnexpected(log, 'look for texts', error);
    return [];
  }
}

/**
 * Asks whether drafts, which hold personal data, stay on this computer, then signs out.
 * @returns false if the user cancels
 */
export async function signOutOf(services: SignOutServices, origin: string | undefined): Promise<boolean> {
  let isDeleting = false;
  const mine = services.drafts.keys().filter((key) => key.origin === origin);
  // Their lines are in no draft.
  const texts = origin === undefined ? [] : await damagedTexts(services, origin);
  if (mine.length > 0 || texts.length > 0) {
    const { t } = vscode.l10n;
    const keep = t('Sign Out and Keep Drafts');
    const remove = t('Sign Out and Delete Drafts');
    const ofContacts = plural(
      t(
        'one: Keep your unsaved changes to 1 contact? | other: Keep your unsaved changes to {0} contacts?',
        formatNumber(mine.length),
      ),
      mine.length,
    );
    const ofTexts = t('Keep the texts with lines that could not be read?');
    const question = mine.length > 0 ? ofContacts : ofTexts;
    const detail = t('Kept drafts stay on this computer and are there again when you sign in.');
    const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, keep, remove);
    if (answer === undefined) return false;
    isDeleting = answer === remove;
  }
  // Drafts are deleted last, because they are still needed if the sign-out fails.
  await services.session.signOut(origin, async () => {
    if (isDeleting) {
      discard(services, mine);
      await services.drafts.clear();
      // It holds the same people's data, before and after.
      if (origin !== undefined)
        await (await import('../changes/ui/changes')).actions.forgetApplied(services, origin);
    }
    if (origin !== undefined) await (await services.texts()).documents.onDisk.leave(origin, isDeleting);
  });
  return true;
}
