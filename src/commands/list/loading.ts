import { contactsViewId } from '../../manifest';
import { withViewProgress } from '../../platform/dialogs/progress';
import type { CommandHandler } from '../common/services';
import { organisationIdOf } from '../common/target';

/** Refreshes the visible lists; their rows stay until the responses arrive. */
export const refresh: CommandHandler = async ({ session, treeRefresh }) => {
  await session.ready();
  treeRefresh.readAgain();
};

/** Repeats the failed read of a row: the organisations, a list, or the rest of a list. */
export const retry: CommandHandler = async (services, target) => {
  const organisationId = organisationIdOf(target);
  if (organisationId === undefined) return refresh(services, undefined, []);
  services.treeRefresh.tryListAgain(organisationId);
};

/** Stops reading whole lists and keeps the rows that have arrived. */
export const cancelLoad: CommandHandler = async ({ data }) => data.current?.wholeLoads.cancel();

export const loadMore: CommandHandler = async ({ data }, target) => {
  const organisationId = organisationIdOf(target);
  const contacts = data.current?.contacts;
  if (organisationId === undefined || contacts === undefined) return;
  const { arranged, wholeLoads } = data.current ?? {};
  // A filtered or locally sorted list has no next page: it needs all rows.
  if (arranged?.needsAll(organisationId)) await wholeLoads?.load([organisationId]);
  else await withViewProgress(contactsViewId, () => contacts.loadMore(organisationId));
};
