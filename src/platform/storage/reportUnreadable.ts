import * as vscode from 'vscode';
import { formatNumber, plural } from '../text/plural';
import type { DraftFiles } from './draftFiles';

interface Drafts {
  takeUnreadable(): number;
  readonly withheld: number;
}

/** Says that stored drafts could not be read: there is no place on screen that they belong to. */
export async function reportUnreadable(drafts: Drafts, files: DraftFiles): Promise<void> {
  const { t } = vscode.l10n;
  if (drafts.withheld > 0)
    void vscode.window.showWarningMessage(
      t(
        'Some unsaved contacts cannot be read just now. They stay in {0}, and reading is tried again until it succeeds.',
        files.folder,
      ),
    );
  const count = drafts.takeUnreadable();
  if (count === 0) return;
  const message = plural(
    t(
      'one: An unsaved contact could not be read. It was set aside in {1}, not deleted. | other: {0} unsaved contacts could not be read. They were set aside in {1}, not deleted.',
      formatNumber(count),
      files.folder,
    ),
    count,
  );
  // Not waited for: the person may leave it there.
  void vscode.window.showWarningMessage(message);
}
