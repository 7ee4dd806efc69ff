/** Changing many contacts at once: a bundle of its own, as most windows edit one contact at a time. */
import { startDocuments } from '../document/startDocuments';
import { TextFiles } from '../document/textFiles';
import { applyChanges, forgetChanges, reviewChanges, undoChanges } from '../review/commands';
import { checkContacts, editAsText } from './editAsText';

type TextsHost = Omit<Parameters<typeof startDocuments>[0], 'files'>;

/** @param globalStorage the folder of this extension that no settings sync takes along */
export const startTexts = (globalStorage: string, host: TextsHost) =>
  startDocuments({ ...host, files: new TextFiles(globalStorage) });

export const commands = {
  applyChanges,
  checkContacts,
  editAsText,
  forgetChanges,
  reviewChanges,
  undoChanges,
} as const;
