import type { Services } from '../../commands/common/services';
import { Journal } from '../apply/journal';
import { JournalFiles } from '../apply/journalFiles';

/** The journal of this computer. All windows share its files. */
export const journalOf = ({
  globalStorage,
  clock,
  log,
}: Pick<Services, 'globalStorage' | 'clock' | 'log'>): Journal =>
  new Journal(new JournalFiles(globalStorage), { clock, log });
