import type { CommandHandler } from './services';

export const signOut: CommandHandler = async ({ session }) => {
  await session.ready();
  await session.signOut();
};
