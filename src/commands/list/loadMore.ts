import { contactsViewId } from '../../manifest';
import { withViewProgress } from '../../platform/dialogs/quickPicks';
import type { CommandHandler } from '../services';
import { organisationIdOf } from '../target';

export const loadMore: CommandHandler = async ({ data }, target) => {
  const organisationId = organisationIdOf(target);
  const contacts = data.current?.contacts;
  if (organisationId === undefined || contacts === undefined) return;
  const { arranged, wholeLoads } = data.current ?? {};
  // A filter or an order of our own has no next page: it wants the rest.
  if (arranged?.needsAll(organisationId)) return wholeLoads?.load([organisationId]);
  await withViewProgress(contactsViewId, () => contacts.loadMore(organisationId));
};
