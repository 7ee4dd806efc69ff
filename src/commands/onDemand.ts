/**
 * Commands that ask, copy or export. They are a bundle of their own, because the tree and the panel work
 * without them.
 */

import { deleteAllDrafts } from './contact/deleteAllDrafts';
import { nextContact, previousContact } from './contact/nextContact';
import { findContact, linkAccount, logInteraction, openContact, revealContact } from './contact/openContact';
import { showDrafts } from './contact/showDrafts';
import { compareWithServer, showJson } from './contact/showJson';
import { clearFilter, clearRowFilter, filterContacts } from './list/filterContacts';
import { sortContacts } from './list/sortContacts';
import { copyAsCurl } from './share/copyAsCurl';
import { copyAsJson, copyContactId, copyEmail, copyName, copyTelephone } from './share/copyContact';
import { exportToFile } from './share/exportContacts';
import { copyLink, openLink } from './share/links';
import { callContact, emailContact } from './share/reachContact';
import { signOut, signOutOf } from './signOut';

export const commands = {
  callContact,
  clearFilter,
  clearRowFilter,
  compareWithServer,
  copyAsCurl,
  copyAsJson,
  copyContactId,
  copyEmail,
  copyLink,
  copyName,
  copyTelephone,
  deleteAllDrafts,
  emailContact,
  exportToFile,
  filterContacts,
  findContact,
  linkAccount,
  logInteraction,
  nextContact,
  openContact,
  previousContact,
  revealContact,
  showDrafts,
  showJson,
  signOut,
  sortContacts,
} as const;

export const actions = { openLink, signOutOf } as const;
