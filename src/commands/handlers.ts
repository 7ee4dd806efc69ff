/** Which handler answers which id. A missing one does not compile. */
import { linkAccount, logInteraction } from './addRelated';
import { cancelLoad } from './cancelLoad';
import { copyAsCurl } from './copyAsCurl';
import { copyAsJson, copyEmail, copyName, copyTelephone } from './copyContact';
import { copyContactId } from './copyContactId';
import { deleteAllDrafts } from './deleteAllDrafts';
import { exportToFile } from './exportContacts';
import { clearFilter, clearRowFilter, filterContacts } from './filterContacts';
import { findContact } from './findContact';
import { gettingStarted } from './gettingStarted';
import { type CommandId, commandIds } from './ids';
import { compareWithServer, showJson } from './jsonOf';
import { copyLink } from './links';
import { loadMore } from './loadMore';
import { openContact } from './openContact';
import { openRow } from './openRow';
import { callContact, emailContact } from './reachContact';
import { refresh } from './refresh';
import { retry } from './retry';
import { revealContact } from './revealContact';
import { revertContact } from './revertContact';
import { saveContact } from './saveContact';
import type { CommandHandler } from './services';
import { showDrafts } from './showDrafts';
import { showLog } from './showLog';
import { signOut } from './signOut';
import { sortContacts } from './sortContacts';
import { useSampleData } from './useSampleData';

const accountDialogues = async () => (await import('./accountDialogues')).accountDialogues;

export const handlers: Readonly<Record<CommandId, CommandHandler>> = {
  [commandIds.signIn]: async (...args) => (await accountDialogues()).signIn(...args),
  [commandIds.signOut]: signOut,
  [commandIds.switchEnvironment]: async (...args) => (await accountDialogues()).switchEnvironment(...args),
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
  [commandIds.clearRowFilter]: clearRowFilter,
  [commandIds.sort]: sortContacts,
  [commandIds.cancelLoad]: cancelLoad,
  [commandIds.loadMore]: loadMore,
  [commandIds.retry]: retry,
  [commandIds.showDrafts]: showDrafts,
  [commandIds.deleteAllDrafts]: deleteAllDrafts,
  [commandIds.save]: saveContact,
  [commandIds.revert]: revertContact,
  [commandIds.logInteraction]: logInteraction,
  [commandIds.linkAccount]: linkAccount,
  [commandIds.reveal]: revealContact,
  [commandIds.copyAsCurl]: copyAsCurl,
  [commandIds.copyAsJson]: copyAsJson,
  [commandIds.copyName]: copyName,
  [commandIds.copyEmail]: copyEmail,
  [commandIds.copyTelephone]: copyTelephone,
  [commandIds.copyLink]: copyLink,
  [commandIds.showJson]: showJson,
  [commandIds.compare]: compareWithServer,
  [commandIds.export]: exportToFile,
  [commandIds.emailContact]: emailContact,
  [commandIds.callContact]: callContact,
};
