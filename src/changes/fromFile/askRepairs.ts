import * as vscode from 'vscode';
import { pickMany } from '../../platform/dialogs/quickPicks';
import { plain } from '../../platform/text/plain';
import { formatNumber } from '../../platform/text/plural';
import type { Damage } from '../file/fileUpdate';
import { damageKey } from '../file/updateFromFile';

/**
 * Shows each number that a spreadsheet damaged, with the number that it was. Nothing is repaired that the user does not
 * choose.
 * @returns the numbers to repair, by `damageKey`; undefined if the user cancels
 */
export async function askRepairs(
  damages: readonly Damage[],
  title: string,
): Promise<ReadonlySet<string> | undefined> {
  const { t } = vscode.l10n;
  if (damages.length === 0) return new Set();
  const items = damages.map((damage) => ({
    damage,
    label: plain(`${damage.found} → ${damage.repaired}`),
    description: plain(t('row {0} · {1}', formatNumber(damage.row), damage.title)),
  }));
  const texts = {
    title: `${title}: ${t('numbers that a spreadsheet damaged')}`,
    placeholder: t('Tick the ones to repair; the others are left out'),
  };
  const chosen = await pickMany(items, texts);
  return chosen && new Set(chosen.map(({ damage }) => damageKey(damage)));
}
