/** Changing many contacts at once: a bundle of its own, as most windows edit one contact at a time. */
import type { CommandHandler } from '../../commands/common/services';
import { startDocuments } from '../document/startDocuments';
import { TextFiles } from '../document/textFiles';
import { applyChanges, forgetApplied, forgetChanges, reviewChanges, undoChanges } from '../review/commands';
import { verifyApplied } from '../review/verifyAtStart';
import { checkContacts } from './checkContacts';
import { editAsText } from './editAsText';

type TextsHost = Omit<Parameters<typeof startDocuments>[0], 'files'>;

/** @param globalStorage the folder of this extension that no settings sync takes along */
export const startTexts = (globalStorage: string, host: TextsHost) =>
  startDocuments({ ...host, files: new TextFiles(globalStorage) });

/** Open texts are saved before, so that what is typed is in the drafts; a line in error keeps all from being sent. */
function afterTexts(handler: CommandHandler): CommandHandler {
  return async (services, ...args) => {
    if (await (await services.texts()).documents.settle()) await handler(services, ...args);
  };
}

export const commands = {
  applyChanges: afterTexts(applyChanges),
  checkContacts,
  editAsText,
  forgetChanges,
  reviewChanges: afterTexts(reviewChanges),
  undoChanges,
} as const;

export const actions = { forgetApplied, verifyApplied } as const;
