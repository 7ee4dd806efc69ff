import path from 'node:path';

/**
 * The folder where the extension stores drafts.
 * @param {string} profile the folder of VS Code's server data
 */
export const draftsFolder = (profile) =>
  path.join(profile, 'data/User/globalStorage/ctrl-hub-community.contacts/drafts');
