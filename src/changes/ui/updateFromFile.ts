import * as vscode from 'vscode';
import { signedInData } from '../../commands/common/pickOrganisations';
import type { CommandHandler } from '../../commands/common/services';
import { reviewDrafts } from '../review/commands';

/** Turns the rows of a file into drafts, and opens the review. */
export const updateFromFile: CommandHandler = async (services, target) => {
  const { t } = vscode.l10n;
  const data = await signedInData(services);
  if (data === undefined) return;
  const { fromFile } = await import('../fromFile/fromFile');
  const update = await fromFile.readUpdate(services, data, t('Update from File'), target);
  if (update === undefined || data !== services.data.current) return;
  const { matched, left, name } = update;
  if (matched.length === 0 && left.length === 0) {
    void vscode.window.showInformationMessage(
      t('{0} changes nothing: Ctrl Hub has all of its values already.', name),
    );
    return;
  }
  await reviewDrafts(services, data, async () => ({
    source: 'file',
    refs: matched.map(({ ref }) => ref),
    file: { ...update, discard: await fromFile.makeDrafts(services, data, matched) },
  }));
};
