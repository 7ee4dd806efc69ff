import type { CommandHandler } from '../services';
import { organisationIdOf } from '../target';
import { refresh } from './refresh';

/** Tries again what a failed row is about: the organisations, a list, or the rest of one. */
export const retry: CommandHandler = async (services, target) => {
  const organisationId = organisationIdOf(target);
  if (organisationId === undefined) return refresh(services, undefined, []);
  services.lookedAt.tryListAgain(organisationId);
};
