import type { CommandHandler } from '../services';

/** Gives up reading whole lists; what has arrived stays. */
export const cancelLoad: CommandHandler = async ({ data }) => data.current?.wholeLoads.cancel();
