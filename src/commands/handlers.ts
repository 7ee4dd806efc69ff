/** Which handler answers which id. A missing one does not compile. */
import { cancelLoad } from './cancelLoad';
import { copyContactId } from './copyContactId';
import { deleteAllDrafts } from './deleteAllDrafts';
import { clearFilter, filterContacts } from './filterContacts';
import { findContact } from './findContact';
import { gettingStarted } from './gettingStarted';
import { type CommandId, commandIds } from './ids';
import { loadMore } from './loadMore';
import { openContact } from './openContact';
import { openRow } from './openRow';
import { refresh } from './refresh';
import { retry } from './retry';
import { revertContact } from './revertContact';
import { saveContact } from './saveContact';
import type { CommandHandler } from './services';
import { showDrafts } from './showDrafts';
import { showLog } from './showLog';
import { signIn } from './signIn';
import { signOut } from './signOut';
import { sortContacts } from './sortContacts';
import { switchEnvironment } from './switchEnvironment';
import { useSampleData } from './useSampleData';

export const handlers: Readonly<Record<CommandId, CommandHandler>> = {
  [commandIds.signIn]: signIn,
  [commandIds.signOut]: signOut,
  [commandIds.switchEnvironment]: switchEnvironment,
  [commandIds.useSampleData]: useSampleData,
  [commandIds.gettingStarted]: gettingStarted,
  [commandIds.showLog]: showLog,
  [commandIds.refresh]: refresh,
  [commandIds.open]: openContact,
  [commandIds.openRow]: openRow,
  [commandIds.copyId]: copyContactId,
  [commandIds.find]: findContact,
  [commandIds.filter]: filterContacts,
  [commandIds.clearFilter]: clearFilter,
  [commandIds.sort]: sortContacts,
  [commandIds.cancelLoad]: cancelLoad,
  [commandIds.loadMore]: loadMore,
  [commandIds.retry]: retry,
  [commandIds.showDrafts]: showDrafts,
  [commandIds.deleteAllDrafts]: deleteAllDrafts,
  [commandIds.save]: saveContact,
  [commandIds.revert]: revertContact,
};
