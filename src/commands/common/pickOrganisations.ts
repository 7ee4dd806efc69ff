import * as vscode from 'vscode';
import { shortId } from '../../base/text';
import type { AccountStores } from '../../contacts/accountStores';
import { commandIds } from '../../manifest';
import { pickOne, whileBusy } from '../../platform/dialogs/quickPicks';
import { plain } from '../../platform/text/plain';
import type { Services } from './services';
import { organisationIdOf } from './target';

interface Chosen {
  readonly data: AccountStores;
  readonly organisationIds: readonly string[];
}

/**
 * Returns the data of the account that is signed in, after a sign-in if necessary.
 * @returns undefined if the user cancels
 */
export async function signedInData({ session, data }: Services): Promise<AccountStores | undefined> {
  await session.ready();
  if (data.current === undefined) await vscode.commands.executeCommand(commandIds.signIn);
  return data.current;
}

/** Returns all organisations from the Command Palette, and one from the menu of its row. */
export async function pickOrganisations(
  services: Services,
  title: string,
  target: unknown,
): Promise<Chosen | undefined> {
  const data = await signedInData(services);
  if (data === undefined) return undefined;
  const own = organisationIdOf(target);
  if (own !== undefined) return { data, organisationIds: [own] };
  const all = await readOrganisations(data, title);
  return all.length === 0 ? undefined : { data, organisationIds: all.map(({ id }) => id) };
}

/** Returns one organisation: that of the row, the only one, or one that the user picks. */
export async function pickOrganisation(
  services: Services,
  title: string,
  target?: unknown,
): Promise<{ readonly data: AccountStores; readonly organisationId: string } | undefined> {
  const data = await signedInData(services);
  if (data === undefined) return undefined;
  const own = organisationIdOf(target);
  if (own !== undefined) return { data, organisationId: own };
  const [only, ...others] = await readOrganisations(data, title);
  if (only === undefined) return undefined;
  if (others.length === 0) return { data, organisationId: only.id };
  const items = [only, ...others].map(({ id, name }) => ({
    id,
    label: plain(name),
    description: idIfShared(data, id),
  }));
  const placeholder = vscode.l10n.t('Organisation');
  const organisationId = (await pickOne(items, { title, placeholder }))?.id;
  return organisationId === undefined ? undefined : { data, organisationId };
}

/** Returns the beginning of the ID of an organisation whose name another one has, too; '' for any other. */
export function idIfShared({ organisations }: Pick<AccountStores, 'organisations'>, id: string): string {
  const own = organisations.list.organisations.find((one) => one.id === id);
  const isShared = organisations.list.organisations.some(
    (one) => one.id !== id && plain(one.name) === plain(own?.name ?? ''),
  );
  return isShared ? shortId(id) : '';
}

async function readOrganisations({ organisations }: AccountStores, title: string) {
  const read = organisations.ensure().then((list) => {
    if (list.load.kind === 'failed' && list.organisations.length === 0) throw list.load.error;
    return list.organisations;
  });
  const all = await whileBusy(title, read);
  // Without a read, such as after signing out meanwhile, nothing is known.
  if (all.length === 0 && organisations.list.loaded) {
    await vscode.window.showInformationMessage(vscode.l10n.t('Your account belongs to no organisation.'));
  }
  return all;
}
