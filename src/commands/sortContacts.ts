import * as vscode from 'vscode';
import { type Sort, sortKeys } from '../contacts/arrangement';
import { isFieldName } from '../contacts/contact';
import { attributeLabel, timeLabels } from '../panel/labels';
import { fieldLabels } from '../platform/fieldLabels';
import { pickOne, plain } from '../platform/quickPicks';
import { pickOrganisation } from './pickOrganisations';
import type { CommandHandler } from './services';

interface Row extends vscode.QuickPickItem {
  readonly sort?: Sort;
}

/** The order of one organisation's list: what the API offers, and what can be done here. */
export const sortContacts: CommandHandler = async (services, target) => {
  const { t } = vscode.l10n;
  const chosen = await pickOrganisation(services, t('Sort Contacts'), target);
  if (chosen === undefined) return;
  const { data, organisationId } = chosen;
  const before = data.arranged.arrangement(organisationId);
  const { sortable } = data.contacts.list(organisationId);
  const keys = [...new Set<string>([...sortKeys, ...sortable])];
  const rows: Row[] = [
    { label: t('As Ctrl Hub gives them') },
    ...keys.flatMap((by) => [toRow({ by, descending: false }), toRow({ by, descending: true })]),
  ];
  const isChosen = ({ sort }: Row) =>
    sort?.by === before.sort?.by && sort?.descending === before.sort?.descending;
  const shown = rows.map((row) => (isChosen(row) ? { ...row, description: t('now') } : row));
  const picked = await pickOne(shown, { title: t('Sort Contacts'), placeholder: t('Order') });
  if (picked === undefined) return;
  data.arranged.arrange(organisationId, { filter: before.filter, sort: picked.sort });
};

function toRow(sort: Sort): Row {
  const { t } = vscode.l10n;
  const { by, descending } = sort;
  // A server may offer to sort by `constructor`.
  const time = new Map(Object.entries(timeLabels())).get(by);
  const label = plain(isFieldName(by) ? fieldLabels()[by] : (time ?? attributeLabel(by)));
  if (time !== undefined)
    return { label: descending ? t('{0}, newest first', label) : t('{0}, oldest first', label), sort };
  return { label: descending ? t('{0}, Z to A', label) : t('{0}, A to Z', label), sort };
}
