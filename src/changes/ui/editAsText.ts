/** Opens contacts as one text. */
import type { CommandHandler } from '../../commands/common/services';

export const editAsText: CommandHandler = async () => undefined;

export const checkContacts: CommandHandler = async () => undefined;
