import type { CommandHandler } from '../services';

export const revertContact: CommandHandler = async ({ panels }) => panels.active?.contact.revert();
