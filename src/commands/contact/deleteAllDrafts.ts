import * as vscode from 'vscode';
import { type DraftKey, keyText } from '../../contacts/drafts/draft';
import { formatNumber, plural } from '../../platform/text/plural';
import type { CommandHandler, Services } from '../common/services';

export const deleteAllDrafts: CommandHandler = async (services) => {
  const { t } = vscode.l10n;
  await clearLeft(services);
  const all = services.unsaved.keys();
  if (all.length === 0) await vscode.window.showInformationMessage(t('There are no unsaved contacts.'));
  else await askToDelete(services, all, t('Delete All Drafts'));
};

/** What was typed is nowhere else. */
export async function askToDelete(services: Services, all: readonly DraftKey[], yes: string): Promise<void> {
  const { t } = vscode.l10n;
  const question = plural(
    t(
      'one: Delete what you typed into 1 contact and did not save? | other: Delete what you typed into {0} contacts and did not save?',
      formatNumber(all.length),
    ),
    all.length,
  );
  const detail = t('This cannot be undone.');
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, yes);
  if (answer !== yes) return;
  // What is on its way is not to be called back.
  const rest = all.filter((key) => savesOf(services, key)?.state(key).kind !== 'saving');
  discard(services, rest);
}

/** Files that a window left behind which was killed while it wrote hold other people's data, too. */
export async function clearLeft({ drafts, interactionDrafts }: Services): Promise<void> {
  await Promise.all([drafts.clear(), interactionDrafts.clear()]);
}

export function discard(services: Services, keys: readonly DraftKey[]): void {
  const { drafts, interactionDrafts } = services;
  for (const key of keys) {
    drafts.discard(key);
    for (const one of interactionDrafts.all())
      if (keyText(one.key) === keyText(key)) interactionDrafts.discard(one.key);
    savesOf(services, key)?.edited(key);
  }
}

const savesOf = ({ data }: Services, { origin }: DraftKey) =>
  data.current?.account.origin === origin ? data.current.saves : undefined;
