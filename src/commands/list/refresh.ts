import type { CommandHandler } from '../services';

/** Everything that is on screen is read again; what was there stays until the answer is here. */
export const refresh: CommandHandler = async ({ session, lookedAt }) => {
  await session.ready();
  lookedAt.readAgain();
};
