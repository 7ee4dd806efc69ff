/** Which handler answers which id. A missing one does not compile. */

import { type CommandId, commandIds } from '../manifest';
import { linkAccount, logInteraction } from './contact/addRelated';
import { deleteAllDrafts } from './contact/deleteAllDrafts';
import { findContact } from './contact/findContact';
import { compareWithServer, showJson } from './contact/jsonOf';
import { openContact } from './contact/openContact';
import { openRow } from './contact/openRow';
import { revealContact } from './contact/revealContact';
import { revertContact } from './contact/revertContact';
import { saveContact } from './contact/saveContact';
import { showDrafts } from './contact/showDrafts';
import { gettingStarted } from './gettingStarted';
import { cancelLoad } from './list/cancelLoad';
import { clearFilter, clearRowFilter, filterContacts } from './list/filterContacts';
import { loadMore } from './list/loadMore';
import { refresh } from './list/refresh';
import { retry } from './list/retry';
import { sortContacts } from './list/sortContacts';
import type { CommandHandler } from './services';
import { copyAsCurl } from './share/copyAsCurl';
import { copyAsJson, copyEmail, copyName, copyTelephone } from './share/copyContact';
import { copyContactId } from './share/copyContactId';
import { exportToFile } from './share/exportContacts';
import { copyLink } from './share/links';
import { callContact, emailContact } from './share/reachContact';
import { showLog } from './showLog';
import { signOut } from './signOut';
import { useSampleData } from './useSampleData';

const accountDialogues = async () => (await import('./signIn/accountDialogues')).accountDialogues;

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
