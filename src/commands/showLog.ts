import type { CommandHandler } from './services';

export const showLog: CommandHandler = async ({ log }) => log.show();
