import * as vscode from 'vscode';
import { pickOrganisation } from './pickOrganisations';
import type { CommandHandler } from './services';

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
  data.arranged.arrange(organisationId, { ...before, filter: filter.trim() });
};

/** Of a row's organisation, or of all of them. */
export const clearFilter: CommandHandler = async ({ data }) => {
  const { current } = data;
  for (const { id } of current?.organisations.list.organisations ?? []) {
    const before = current?.arranged.arrangement(id);
    if (before && before.filter !== '') current?.arranged.arrange(id, { ...before, filter: '' });
  }
};
