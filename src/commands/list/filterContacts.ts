import * as vscode from 'vscode';
import { typedText } from '../../contacts/model/fold';
import { pickOrganisation } from '../common/pickOrganisations';
import type { CommandHandler, Services } from '../common/services';
import { organisationIdOf } from '../common/target';

/** Narrows one organisation's list to what matches; an empty text shows everything again. */
export const filterContacts: CommandHandler = async (services, target) => {
  const { t } = vscode.l10n;
  const chosen = await pickOrganisation(services, t('Filter Contacts'), target);
  if (chosen === undefined) return;
  const { data, organisationId } = chosen;
  const before = data.arranged.arrangement(organisationId);
  const filter = await vscode.window.showInputBox({
    title: t('Filter Contacts'),
    prompt: t(
      'Shows the contacts whose name, e-mail address or telephone number has this in it. Empty shows all.',
    ),
    value: before.filter,
  });
  if (filter === undefined) return;
  data.arranged.arrange(organisationId, { ...before, filter: typedText(filter) });
};

/** Of all organisations: the view's title passes the row that has the focus, which nobody chose. */
export const clearFilter: CommandHandler = async ({ data }) => {
  for (const { id } of data.current?.organisations.list.organisations ?? []) showAll(data, id);
};

/** Of a row's organisation. */
export const clearRowFilter: CommandHandler = async ({ data }, target) => {
  const id = organisationIdOf(target);
  if (id !== undefined) showAll(data, id);
};

function showAll({ current }: Services['data'], id: string): void {
  const before = current?.arranged.arrangement(id);
  if (before && before.filter !== '') current?.arranged.arrange(id, { ...before, filter: '' });
}
