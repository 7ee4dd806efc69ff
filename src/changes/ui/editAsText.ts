/** Opens contacts as one text. */
import * as vscode from 'vscode';
import type { ContactRef } from '../../api/contacts';
import { mapConcurrently } from '../../base/concurrency';
import { pickScope, type Scope } from '../../commands/common/pickScope';
import { readWhole } from '../../commands/common/readWhole';
import type { CommandHandler, Services } from '../../commands/common/services';
import type { AccountStores } from '../../contacts/accountStores';
import { displayName } from '../../contacts/model/contact';
import { commandIds } from '../../manifest';
import { withCancellableProgress } from '../../platform/dialogs/progress';
import { contactCount, formatNumber } from '../../platform/text/plural';
import { shownName } from '../../platform/text/telephones';
import { maxContacts } from '../scope';
import { openAsText } from './openAsText';

const { t } = vscode.l10n;

/** Asks for the contacts, reads them, and shows them as one text. */
export const editAsText: CommandHandler = async (services, target, targets) => {
  const title = t('Edit as Text');
  const placeholder = t('What do you want to edit as text?');
  const chosen = await pickScope(services, { title, placeholder }, target, targets);
  if (chosen === undefined) return;
  const { data, scope } = chosen;
  const refs = await withCancellableProgress(title, (signal, say) => refsOf(data, scope, signal, say));
  if (data !== services.data.current) return;
  if (refs === 'tooMany' || refs.length > maxContacts) await offerFilter(scope);
  else if (refs.length === 0) void vscode.window.showInformationMessage(t('There are no contacts here.'));
  else {
    await openAsText(services, data, refs, nameOf(data, scope, refs));
    await offerDamaged(services, data.account.origin);
  }
};

/** @returns `tooMany` if the limit is exceeded before all contacts are read */
async function refsOf(
  data: AccountStores,
  scope: Scope,
  signal: AbortSignal,
  say: (message: string) => void,
): Promise<readonly ContactRef[] | 'tooMany'> {
  const { arranged, contacts } = data;
  if (scope.kind === 'contacts') {
    if (scope.refs.length > maxContacts) return 'tooMany';
    // Contacts that are in no list that was read, for example from a link.
    const unknown = scope.refs.filter((ref) => contacts.summary(ref) === undefined);
    await mapConcurrently(unknown, (ref) => contacts.load(ref, signal));
    return scope.refs;
  }
  const { organisationIds } = scope;
  if (scope.kind === 'all') {
    for (const id of organisationIds) await contacts.ensureList(id);
    const total = organisationIds.reduce((sum, id) => sum + (contacts.progress(id).total ?? 0), 0);
    if (total > maxContacts) return 'tooMany';
  }
  await readWhole(data, organisationIds, signal, say);
  const lists = await Promise.all(
    organisationIds.map(async (organisationId) => {
      const ids = await (scope.kind === 'shown'
        ? arranged.rows(organisationId)
        : arranged.inOrder(organisationId));
      return ids.map((contactId) => ({ organisationId, contactId }));
    }),
  );
  return lists.flat();
}

async function offerFilter(scope: Scope): Promise<void> {
  const filter = t('Filter Contacts…');
  const message = t(
    'A text holds at most {0} contacts, and these are more. Filter the list, or select some of its rows.',
    formatNumber(maxContacts),
  );
  const chosen = await vscode.window.showWarningMessage(message, filter);
  if (chosen !== filter) return;
  const [only, ...others] = scope.kind === 'contacts' ? [] : scope.organisationIds;
  const target = only !== undefined && others.length === 0 ? { organisationId: only } : undefined;
  await vscode.commands.executeCommand(commandIds.filter, target);
}

/** Offers to open texts with lines in error, because those lines are in no draft. */
async function offerDamaged({ texts }: Services, origin: string): Promise<void> {
  const [damaged] = await (await texts()).documents.onDisk.damaged(origin);
  if (damaged === undefined) return;
  const open = t('Open It');
  const message = t('Another text was closed with lines that could not be read. They are kept.');
  void vscode.window.showInformationMessage(message, open).then(async (chosen) => {
    if (chosen === open) await vscode.commands.executeCommand('vscode.open', damaged, { preview: false });
  });
}

/** Returns the name for the tab and the first line. */
function nameOf(
  { contacts, organisations }: AccountStores,
  scope: Scope,
  refs: readonly ContactRef[],
): string {
  const [first, ...others] = refs;
  const resource = first && others.length === 0 ? contacts.summary(first) : undefined;
  if (resource) return shownName(resource) || displayName(resource);
  const ids = new Set(refs.map(({ organisationId }) => organisationId));
  const [organisationId = ''] = ids;
  const name = ids.size === 1 ? organisations.name(organisationId) : undefined;
  if (name !== undefined && scope.kind !== 'contacts') return name;
  const count = contactCount(refs.length);
  return name === undefined ? count : `${name} · ${count}`;
}
