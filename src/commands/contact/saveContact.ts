import type { CommandHandler } from '../services';

export const saveContact: CommandHandler = async ({ panels }) => panels.active?.contact.save();
