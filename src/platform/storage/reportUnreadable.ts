import * as vscode from 'vscode';
import { formatNumber, plural } from '../text/plural';
import type { DraftFiles } from './draftFiles';

interface Drafts {
  takeUnreadable(): number;
  readonly withheld: number;
}

/** Shows a message about unreadable stored drafts, because no part of the screen belongs to them. */
export async function reportUnreadable(drafts: Drafts, files: DraftFiles): Promise<void> {
  const { t } = vscode.l10n;
  if (drafts.withheld > 0)
    void vscode.window.showWarningMessage(
      t(
        'Some unsaved contacts cannot be read at the moment. They stay in {0}, and the extension tries again until it can read them.',
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
  // The message may stay open, so nothing waits for it.
  void vscode.window.showWarningMessage(message);
}
