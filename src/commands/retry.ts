import { loadMore } from './loadMore';
import { refresh } from './refresh';
import type { CommandHandler } from './services';
import { organisationIdOf } from './target';

/** Tries again what a failed row is about: the organisations, a list, or its next page. */
export const retry: CommandHandler = async (services, target) => {
  const organisationId = organisationIdOf(target);
  if (organisationId === undefined) return refresh(services, undefined);
  const contacts = services.data.current?.contacts;
  const load = contacts?.list(organisationId).load;
  if (load?.kind === 'failed' && load.during === 'more') return loadMore(services, target);
  contacts?.invalidate(organisationId);
  services.tree.refreshOrganisation(organisationId);
};
