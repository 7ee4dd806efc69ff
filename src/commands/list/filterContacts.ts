import * as vscode from 'vscode';
import { typedText } from '../../contacts/model/fold';
import { pickOrganisation } from '../common/pickOrganisations';
import type { CommandHandler, Services } from '../common/services';
import { organisationIdOf } from '../common/target';

/** Filters an organisation's list; an empty text clears the filter. */
export const filterContacts: CommandHandler = async (services, target) => {
  const { t } = vscode.l10n;
  const chosen = await pickOrganisation(services, t('Filter Contacts'), target);
  if (chosen === undefined) return;
  const { data, organisationId } = chosen;
  const before = data.arranged.options(organisationId);
  const filter = await vscode.window.showInputBox({
    title: t('Filter Contacts'),
    prompt: t(
      'Shows the contacts whose name, email address or telephone number contains this text. Leave it empty to show all.',
    ),
    value: before.filter,
  });
  if (filter === undefined) return;
  data.arranged.arrange(organisationId, { ...before, filter: typedText(filter) });
  if (services.data.current === data) await services.expand(organisationId);
};

/**
 * Clears the filters of all organisations. The view's title passes the focused row, which the user did not
 * choose.
 */
export const clearFilter: CommandHandler = async ({ data }) => {
  for (const { id } of data.current?.organisations.list.organisations ?? []) showAll(data, id);
};

/** Clears the filter of a row's organisation. */
export const clearRowFilter: CommandHandler = async ({ data }, target) => {
  const id = organisationIdOf(target);
  if (id !== undefined) showAll(data, id);
};

function showAll({ current }: Services['data'], id: string): void {
  const before = current?.arranged.options(id);
  if (before && before.filter !== '') current?.arranged.arrange(id, { ...before, filter: '' });
}
