import * as vscode from 'vscode';
import type { AccountStores } from '../contacts/accountStores';
import { sortLabel } from '../platform/text/labels';
import { contactCount, formatNumber } from '../platform/text/plural';

/**
 * Describes the list of an organisation: the number of contacts, the sort order, and the time of a stale
 * list.
 * @param spoken in whole words, for a screen reader
 */
export function countOf(
  { contacts, arranged }: AccountStores,
  organisationId: string,
  spoken = false,
): string {
  const { t } = vscode.l10n;
  const { total, ids, complete, outdated, load, loaded, readAt } = contacts.list(organisationId);
  // Only the API knows how many contacts a list has that changed elsewhere.
  const count = complete && !outdated ? ids.length : total;
  const number = count === undefined ? '' : formatNumber(count);
  const isOld = loaded && load.kind === 'failed' && load.during === 'read';
  const { sort } = arranged.options(organisationId);
  const order = sort === undefined ? '' : sortLabel(sort);
  const parts = [
    spoken && count !== undefined ? contactCount(count) : number,
    spoken && order ? t('ordered by {0}', order) : order,
    isOld && t('as of {0}', timeOf(readAt)),
  ];
  return parts.filter(Boolean).join(spoken ? ', ' : ' · ');
}

/** Formats the time of day, with the date if it is not today. */
function timeOf(milliseconds: number): string {
  const time = new Date(milliseconds);
  const isToday = time.toDateString() === new Date().toDateString();
  const day = isToday ? {} : ({ dateStyle: 'medium' } as const);
  return new Intl.DateTimeFormat(vscode.env.language, { timeStyle: 'short', ...day }).format(time);
}
