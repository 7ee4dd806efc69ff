import * as vscode from 'vscode';
import type { DraftStore } from '../contacts/draftStore';
import type { DraftFiles } from './draftFiles';

/** Says that stored drafts could not be read: there is no place on screen that they belong to. */
export async function reportUnreadable(drafts: DraftStore, files: DraftFiles): Promise<void> {
  const count = drafts.takeUnreadable();
  if (count === 0) return;
  const { t } = vscode.l10n;
  const message =
    count === 1
      ? t('An unsaved contact could not be read. It was set aside in {0}, not deleted.', files.folder)
      : t(
          '{0} unsaved contacts could not be read. They were set aside in {1}, not deleted.',
          count,
          files.folder,
        );
  // Not waited for: the person may leave it there.
  void vscode.window.showWarningMessage(message);
}
