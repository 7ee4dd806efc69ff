import * as vscode from 'vscode';
import { type Logger, logUnexpected } from '../../base/log';
import { fieldsIn, only } from '../../contacts/model/byField';
import { keyOf } from '../../contacts/model/contact';
import { defaultFolder } from '../../platform/dialogs/defaultFolder';
import { writeFile } from '../../platform/storage/wholeFile';
import type { Batch, JournalItem } from '../apply/journalRecord';
import { arrivedOf } from '../apply/outcome';
import { resultCsv } from '../apply/resultCsv';

/**
 * Joins batches into one with the outcome of each contact. A later Apply replaces the outcome of an earlier one, except
 * for fields that arrived earlier.
 */
export function joined(batches: readonly Batch[]): Batch | undefined {
  const last = batches.at(-1);
  const items = new Map<string, readonly JournalItem[]>();
  for (const item of batches.flatMap((batch) => batch.items)) {
    const key = keyOf(item.ref);
    const earlier = (items.get(key) ?? []).flatMap((one) => arrivedPart(one) ?? []);
    items.set(key, [...earlier, item]);
  }
  return last && { ...last, items: [...items.values()].flat() };
}

/** Limits an item to the fields that arrived. */
function arrivedPart(item: JournalItem): JournalItem | undefined {
  const arrived = arrivedOf(item.outcome);
  return arrived && { ...item, after: only(item.after, fieldsIn(arrived.now)) };
}

/** Asks for a location, and writes the file atomically. */
export async function saveResult(batch: Batch, log: Logger): Promise<void> {
  const { t } = vscode.l10n;
  const name = `${t('Result')} ${batch.at.slice(0, 16).replace(/\D/g, '-')}.csv`;
  const uri = await vscode.window.showSaveDialog({
    title: t('Save Result'),
    defaultUri: vscode.Uri.joinPath(defaultFolder(), name),
    filters: { CSV: ['csv'] },
  });
  if (uri === undefined) return;
  try {
    await writeFile(uri, partsOf(resultCsv(batch)), new AbortController().signal);
  } catch (error) {
    logUnexpected(log, 'save result', error);
    await vscode.window.showWarningMessage(
      t('The file could not be written. Choose another folder or check the free space.'),
    );
  }
}

async function* partsOf(text: string) {
  yield text;
}
