/** Asks for a file, reads the contacts that it may change, and compares both. */
import * as vscode from 'vscode';
import { yieldToEventLoop } from '../../base/abort';
import { idIfShared, pickOrganisation } from '../../commands/common/pickOrganisations';
import { readWhole } from '../../commands/common/readWhole';
import type { Services } from '../../commands/common/services';
import { organisationIdOf } from '../../commands/common/target';
import type { AccountStores } from '../../contacts/accountStores';
import { contactFields, displayName, textOf } from '../../contacts/model/contact';
import { textsOf } from '../../contacts/model/recordFields';
import { withCancellableProgress } from '../../platform/dialogs/progress';
import { pickOne } from '../../platform/dialogs/quickPicks';
import { plain } from '../../platform/text/plain';
import type { FileUpdate } from '../file/fileUpdate';
import { type FileContact, updateFromFile } from '../file/updateFromFile';
import { askRepairs } from './askRepairs';
import { type ChosenTable, chooseTable } from './chooseTable';

const { t } = vscode.l10n;

export interface ReadUpdate extends FileUpdate {
  /** The name of the file, as one line. */
  readonly name: string;
  /** True if contacts may be missing in the lists that were read. */
  readonly isIncomplete: boolean;
}

/** The number of contacts to handle before yielding. */
const part = 2_000;

/** @returns undefined if the user cancels */
export async function readUpdate(
  services: Services,
  data: AccountStores,
  title: string,
  target: unknown,
): Promise<ReadUpdate | undefined> {
  const table = await chooseTable(title);
  const organisationIds = table && (await organisationsFor(services, data, table, title, target));
  if (table === undefined || organisationIds === undefined) return undefined;
  await withCancellableProgress(title, (signal, say) => readWhole(data, organisationIds, signal, say));
  const { rows, columns, emptyMeansEmpty } = table;
  // The user may type into a contact while a question is open.
  const matchWith = async (repaired: ReadonlySet<string>) =>
    updateFromFile(rows, columns, await contactsOf(services, data, organisationIds), {
      emptyMeansEmpty,
      repaired,
      organisationIds,
    });
  const update = await matchWith(new Set());
  const repaired = await askRepairs(update.damages, title);
  return (
    repaired && {
      ...(update.damages.length > 0 ? await matchWith(repaired) : update),
      name: table.name,
      isIncomplete: isIncomplete(data, organisationIds),
    }
  );
}

/**
 * Returns the organisation of the row of the tree, or those that the file names, or one that the user picks. The view's
 * title passes the focused row, which may be of another organisation than the file.
 */
async function organisationsFor(
  services: Services,
  data: AccountStores,
  { organisationIds }: ChosenTable,
  title: string,
  target: unknown,
): Promise<readonly string[] | undefined> {
  const own = organisationIdOf(target);
  const { organisations } = await data.organisations.ensure();
  const named = new Set(organisationIds.map((id) => id.toLowerCase()));
  const known = organisations.filter(({ id }) => named.has(id.toLowerCase())).map(({ id }) => id);
  if (own !== undefined && (known.length === 0 || known.includes(own))) return [own];
  if (own !== undefined) return pickBetween(data, known, own, title);
  if (known.length > 0) return known;
  const picked = await pickOrganisation(services, title);
  return picked?.data === data ? [picked.organisationId] : undefined;
}

async function pickBetween(
  data: AccountStores,
  known: readonly string[],
  own: string,
  title: string,
): Promise<readonly string[] | undefined> {
  const nameOf = (id: string) =>
    [plain(data.organisations.name(id) ?? id), idIfShared(data, id)].filter(Boolean).join(' · ');
  const items = [
    { label: known.map(nameOf).join(', '), description: t('named in the file'), ids: known },
    { label: nameOf(own), description: t('selected in the view'), ids: [own] },
  ];
  return (await pickOne(items, { title, placeholder: t('Organisation') }))?.ids;
}

async function contactsOf(
  { drafts }: Services,
  { account, contacts }: AccountStores,
  organisationIds: readonly string[],
): Promise<readonly FileContact[]> {
  const all: FileContact[] = [];
  for (const organisationId of organisationIds) {
    for (const contactId of contacts.list(organisationId).ids) {
      const ref = { organisationId, contactId };
      const resource = contacts.summary(ref);
      if (resource === undefined) continue;
      const edits = drafts.contacts.editsOf(account.origin, ref);
      const values = textsOf({ ...contactFields, textOf }, resource);
      all.push({ ref, title: displayName(resource), values, edits });
      if (all.length % part === 0) await yieldToEventLoop();
    }
  }
  return all;
}

function isIncomplete({ contacts }: AccountStores, organisationIds: readonly string[]): boolean {
  return organisationIds
    .map((id) => contacts.list(id))
    .some(({ outdated, unreadable }) => outdated || unreadable > 0);
}
