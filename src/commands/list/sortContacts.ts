import * as vscode from 'vscode';
import { type Sort, sortKeys } from '../../contacts/lists/listOptions';
import { pickOne } from '../../platform/dialogs/quickPicks';
import { sortLabel } from '../../platform/text/labels';
import { plain } from '../../platform/text/plain';
import { pickOrganisation } from '../common/pickOrganisations';
import type { CommandHandler } from '../common/services';

interface Row extends vscode.QuickPickItem {
  readonly sort?: Sort;
}

/** Sorts an organisation's list by a key that the API advertises, or locally. */
export const sortContacts: CommandHandler = async (services, target) => {
  const { t } = vscode.l10n;
  const chosen = await pickOrganisation(services, t('Sort Contacts'), target);
  if (chosen === undefined) return;
  const { data, organisationId } = chosen;
  const before = data.arranged.options(organisationId);
  const { sortable } = data.contacts.list(organisationId);
  const keys = [...new Set<string>([...sortKeys, ...sortable])];
  const rows: Row[] = [
    { label: t('In the order of Ctrl Hub') },
    ...keys.flatMap((by) => [toRow({ by, descending: false }), toRow({ by, descending: true })]),
  ];
  const isChosen = ({ sort }: Row) =>
    sort?.by === before.sort?.by && sort?.descending === before.sort?.descending;
  const shown = rows.map((row) => (isChosen(row) ? { ...row, description: t('now') } : row));
  const picked = await pickOne(shown, { title: t('Sort Contacts'), placeholder: t('Order') });
  if (picked === undefined) return;
  data.arranged.arrange(organisationId, { filter: before.filter, sort: picked.sort });
};

const toRow = (sort: Sort): Row => ({ label: plain(sortLabel(sort)), sort });
