/** The commands that look at, apply, take back and forget changes. */
import type { CommandHandler } from '../../commands/common/services';

export const reviewChanges: CommandHandler = async () => undefined;

export const applyChanges: CommandHandler = async () => undefined;

export const undoChanges: CommandHandler = async () => undefined;

export const forgetChanges: CommandHandler = async () => undefined;
