/** Assigns a handler to each command ID. A missing handler does not compile. */

import { type CommandId, commandIds } from '../manifest';
import type { CommandHandler } from './common/services';
import { deleteAllDrafts } from './contact/deleteAllDrafts';
import { findContact, openContact, openRow } from './contact/openContact';
import {
  linkAccount,
  logInteraction,
  revealContact,
  revertContact,
  saveContact,
} from './contact/panelCommands';
import { showDrafts } from './contact/showDrafts';
import { compareWithServer, showJson } from './contact/showJson';
import { gettingStarted, showLog, useSampleData } from './help';
import { clearFilter, clearRowFilter, filterContacts } from './list/filterContacts';
import { cancelLoad, loadMore, refresh, retry } from './list/loading';
import { sortContacts } from './list/sortContacts';
import { copyAsCurl } from './share/copyAsCurl';
import { copyAsJson, copyContactId, copyEmail, copyName, copyTelephone } from './share/copyContact';
import { exportToFile } from './share/exportContacts';
import { copyLink } from './share/links';
import { callContact, emailContact } from './share/reachContact';
import { signOut } from './signOut';

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
