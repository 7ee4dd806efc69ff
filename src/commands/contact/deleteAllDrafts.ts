import * as vscode from 'vscode';
import { formatNumber, plural } from '../../platform/text/plural';
import type { ContactKey } from '../../protocol/contactKey';
import type { CommandHandler, Services } from '../common/services';

export const deleteAllDrafts: CommandHandler = async (services) => {
  const { t } = vscode.l10n;
  await services.drafts.clear();
  const all = services.drafts.keys();
  const { onDisk } = (await services.texts()).documents;
  const yes = t('Delete All Drafts');
  if (all.length > 0) {
    if (await askToDelete(services, all, yes)) await onDisk.forgetClosed();
  } else if (!(await onDisk.hasDamaged()))
    await vscode.window.showInformationMessage(t('There are no unsaved contacts.'));
  else if (await isConfirmed(t('Delete the texts of contacts that are not open in this window?'), yes))
    await onDisk.forgetClosed();
};

async function isConfirmed(question: string, yes: string): Promise<boolean> {
  const detail = vscode.l10n.t('This cannot be undone.');
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) === yes;
}

/** Asks first, because drafts exist nowhere else. @returns true if they were deleted */
export async function askToDelete(
  services: Services,
  all: readonly ContactKey[],
  yes: string,
): Promise<boolean> {
  const { t } = vscode.l10n;
  const question = plural(
    t(
      'one: Delete your unsaved changes to 1 contact? | other: Delete your unsaved changes to {0} contacts?',
      formatNumber(all.length),
    ),
    all.length,
  );
  if (!(await isConfirmed(question, yes))) return false;
  // The draft of a running save is still needed to recognise what was sent.
  const rest = all.filter((key) => savesOf(services, key)?.state(key).kind !== 'saving');
  discard(services, rest);
  return true;
}

export interface DiscardServices extends Pick<Services, 'drafts'> {
  readonly data: Pick<Services['data'], 'current'>;
}

export function discard(services: DiscardServices, keys: readonly ContactKey[]): void {
  for (const key of keys) {
    services.drafts.discard(key);
    savesOf(services, key)?.edited(key);
  }
}

const savesOf = ({ data }: DiscardServices, { origin }: ContactKey) =>
  data.current?.account.origin === origin ? data.current.saves : undefined;
