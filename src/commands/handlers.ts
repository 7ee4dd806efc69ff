/** Assigns a handler to each command ID. A missing handler does not compile. */

import type { commands as changeCommands } from '../changes/ui/changes';
import { type CommandId, commandIds } from '../manifest';
import type { CommandHandler } from './common/services';
import { openRow, revertContact, saveContact } from './contact/panelCommands';
import { gettingStarted, showLog, useSampleData } from './help';
import { cancelLoad, loadMore, refresh, retry } from './list/loading';
import type { commands } from './onDemand';

const onDemand =
  (name: keyof typeof commands): CommandHandler =>
  async (...args) =>
    (await import('./onDemand')).commands[name](...args);
const changing =
  (name: keyof typeof changeCommands): CommandHandler =>
  async (...args) =>
    (await import('../changes/ui/changes')).commands[name](...args);
const accountDialogues = async () => (await import('./signIn/accountDialogues')).accountDialogues;

export const handlers: Readonly<Record<CommandId, CommandHandler>> = {
  [commandIds.signIn]: async (...args) => (await accountDialogues()).signIn(...args),
  [commandIds.signOut]: onDemand('signOut'),
  [commandIds.switchEnvironment]: async (...args) => (await accountDialogues()).switchEnvironment(...args),
  [commandIds.useSampleData]: useSampleData,
  [commandIds.gettingStarted]: gettingStarted,
  [commandIds.showLog]: showLog,
  [commandIds.refresh]: refresh,
  [commandIds.open]: onDemand('openContact'),
  [commandIds.openRow]: openRow,
  [commandIds.copyId]: onDemand('copyContactId'),
  [commandIds.find]: onDemand('findContact'),
  [commandIds.filter]: onDemand('filterContacts'),
  [commandIds.clearFilter]: onDemand('clearFilter'),
  [commandIds.clearRowFilter]: onDemand('clearRowFilter'),
  [commandIds.sort]: onDemand('sortContacts'),
  [commandIds.cancelLoad]: cancelLoad,
  [commandIds.loadMore]: loadMore,
  [commandIds.retry]: retry,
  [commandIds.showDrafts]: onDemand('showDrafts'),
  [commandIds.deleteAllDrafts]: onDemand('deleteAllDrafts'),
  [commandIds.save]: saveContact,
  [commandIds.revert]: revertContact,
  [commandIds.logInteraction]: onDemand('logInteraction'),
  [commandIds.linkAccount]: onDemand('linkAccount'),
  [commandIds.reveal]: onDemand('revealContact'),
  [commandIds.copyAsCurl]: onDemand('copyAsCurl'),
  [commandIds.copyAsJson]: onDemand('copyAsJson'),
  [commandIds.copyName]: onDemand('copyName'),
  [commandIds.copyEmail]: onDemand('copyEmail'),
  [commandIds.copyTelephone]: onDemand('copyTelephone'),
  [commandIds.copyLink]: onDemand('copyLink'),
  [commandIds.showJson]: onDemand('showJson'),
  [commandIds.compare]: onDemand('compareWithServer'),
  [commandIds.export]: onDemand('exportToFile'),
  [commandIds.emailContact]: onDemand('emailContact'),
  [commandIds.callContact]: onDemand('callContact'),
  [commandIds.nextContact]: onDemand('nextContact'),
  [commandIds.previousContact]: onDemand('previousContact'),
  [commandIds.editAsText]: changing('editAsText'),
  [commandIds.checkContacts]: changing('checkContacts'),
  [commandIds.updateFromFile]: changing('updateFromFile'),
  [commandIds.reviewChanges]: changing('reviewChanges'),
  [commandIds.applyChanges]: changing('applyChanges'),
  [commandIds.undoChanges]: changing('undoChanges'),
  [commandIds.forgetChanges]: changing('forgetChanges'),
  [commandIds.showAssistants]: async ({ assistants }) => (await assistants()).show(),
};
