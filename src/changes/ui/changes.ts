/** Changes to many contacts at once. This is a separate bundle, because most windows edit one contact at a time. */
import type { CommandHandler } from '../../commands/common/services';
import { startDocuments } from '../document/startDocuments';
import { TextFiles } from '../document/textFiles';
import {
  applyChanges,
  forgetApplied,
  forgetChanges,
  restoreReview,
  reviewChanges,
  undoChanges,
} from '../review/commands';
import { verifyApplied } from '../review/verifyAtStart';
import { checkContacts, checkList } from './checkContacts';
import { editAsText } from './editAsText';
import { updateFromFile } from './updateFromFile';

type TextsHost = Omit<Parameters<typeof startDocuments>[0], 'files'>;

/** @param globalStorage the extension's global storage folder, which Settings Sync does not copy */
export const startTexts = (globalStorage: string, host: TextsHost) =>
  startDocuments({ ...host, files: new TextFiles(globalStorage) });

/** Saves open texts first, so that all edits are in the drafts. A line in error prevents sending. */
function afterTexts(handler: CommandHandler): CommandHandler {
  return async (services, ...args) => {
    if (await (await services.texts()).documents.settle()) await handler(services, ...args);
  };
}

/** For an assistant, the text in which somebody types stays as it is. Apply saves the open texts in any case. */
const reviewAfterTexts: CommandHandler = (services, target, targets) =>
  (target === 'keepFocus' ? reviewChanges : afterTexts(reviewChanges))(services, target, targets);

export const commands = {
  applyChanges: afterTexts(applyChanges),
  checkContacts,
  editAsText,
  forgetChanges,
  reviewChanges: reviewAfterTexts,
  undoChanges,
  updateFromFile: afterTexts(updateFromFile),
} as const;

export const actions = { checkList, forgetApplied, restoreReview, verifyApplied } as const;
