import { contactsViewId } from '../../manifest';
import { withViewProgress } from '../../platform/dialogs/progress';
import type { CommandHandler } from '../common/services';
import { organisationIdOf } from '../common/target';

/** Everything that is on screen is read again; what was there stays until the answer is here. */
export const refresh: CommandHandler = async ({ session, treeRefresh }) => {
  await session.ready();
  treeRefresh.readAgain();
};

/** Tries again what a failed row is about: the organisations, a list, or the rest of one. */
export const retry: CommandHandler = async (services, target) => {
  const organisationId = organisationIdOf(target);
  if (organisationId === undefined) return refresh(services, undefined, []);
  services.treeRefresh.tryListAgain(organisationId);
};

/** Gives up reading whole lists; what has arrived stays. */
export const cancelLoad: CommandHandler = async ({ data }) => data.current?.wholeLoads.cancel();

export const loadMore: CommandHandler = async ({ data }, target) => {
  const organisationId = organisationIdOf(target);
  const contacts = data.current?.contacts;
  if (organisationId === undefined || contacts === undefined) return;
  const { arranged, wholeLoads } = data.current ?? {};
  // A filter or an order of our own has no next page: it wants the rest.
  if (arranged?.needsAll(organisationId)) return wholeLoads?.load([organisationId]);
  await withViewProgress(contactsViewId, () => contacts.loadMore(organisationId));
};
