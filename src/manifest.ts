/** All IDs that the manifest and the code share. A test compares them with package.json. */
export const commandIds = {
  signIn: 'ctrlHub.signIn',
  signOut: 'ctrlHub.signOut',
  switchEnvironment: 'ctrlHub.switchEnvironment',
  useSampleData: 'ctrlHub.useSampleData',
  gettingStarted: 'ctrlHub.gettingStarted',
  showLog: 'ctrlHub.showLog',
  refresh: 'ctrlHub.contacts.refresh',
  open: 'ctrlHub.contacts.open',
  openRow: 'ctrlHub.contacts.openRow',
  copyId: 'ctrlHub.contacts.copyId',
  find: 'ctrlHub.contacts.find',
  filter: 'ctrlHub.contacts.filter',
  clearFilter: 'ctrlHub.contacts.clearFilter',
  clearRowFilter: 'ctrlHub.contacts.clearRowFilter',
  sort: 'ctrlHub.contacts.sort',
  cancelLoad: 'ctrlHub.contacts.cancelLoad',
  loadMore: 'ctrlHub.contacts.loadMore',
  retry: 'ctrlHub.contacts.retry',
  showDrafts: 'ctrlHub.drafts.show',
  deleteAllDrafts: 'ctrlHub.drafts.deleteAll',
  save: 'ctrlHub.contact.save',
  revert: 'ctrlHub.contact.revert',
  logInteraction: 'ctrlHub.contact.logInteraction',
  linkAccount: 'ctrlHub.contact.linkAccount',
  reveal: 'ctrlHub.contact.reveal',
  copyAsCurl: 'ctrlHub.contact.copyAsCurl',
  copyAsJson: 'ctrlHub.contact.copyAsJson',
  copyName: 'ctrlHub.contact.copyName',
  copyEmail: 'ctrlHub.contact.copyEmail',
  copyTelephone: 'ctrlHub.contact.copyTelephone',
  copyLink: 'ctrlHub.contact.copyLink',
  showJson: 'ctrlHub.contact.showJson',
  compare: 'ctrlHub.contact.compare',
  export: 'ctrlHub.contacts.export',
  emailContact: 'ctrlHub.contact.email',
  callContact: 'ctrlHub.contact.call',
  nextContact: 'ctrlHub.contact.next',
  previousContact: 'ctrlHub.contact.previous',
  editAsText: 'ctrlHub.contacts.editAsText',
  checkContacts: 'ctrlHub.contacts.check',
  updateFromFile: 'ctrlHub.contacts.updateFromFile',
  reviewChanges: 'ctrlHub.changes.review',
  applyChanges: 'ctrlHub.changes.apply',
  undoChanges: 'ctrlHub.changes.undo',
  forgetChanges: 'ctrlHub.changes.forget',
  showAssistants: 'ctrlHub.assistants.show',
} as const;
export type CommandId = (typeof commandIds)[keyof typeof commandIds];

/** The tools that language models may call. */
export const toolIds = {
  findContacts: 'ctrlHub_findContacts',
  getContact: 'ctrlHub_getContact',
  checkContacts: 'ctrlHub_checkContacts',
  proposeChanges: 'ctrlHub_proposeChanges',
} as const;
export type ToolId = (typeof toolIds)[keyof typeof toolIds];

export const contactsViewId = 'ctrlHub.contacts';
export const contactPanelType = 'ctrlHub.contact';
export const reviewPageType = 'ctrlHub.review';
/** The scheme of documents that hold contacts, and the id of their language. */
export const contactsScheme = 'ctrlhub-contacts';
export const authenticationId = 'ctrlHub';
/** The MIME type of dragged contacts. */
export const draggedContacts = 'application/vnd.ctrl-hub.contacts';

/** The context keys of `when` clauses, without their prefix `ctrlHub.`. */
export const contextKeys = [
  'view',
  'signedIn',
  'signedOut',
  'canSignIn',
  'sampleData',
  'loading',
  'filtered',
  'unsaved',
  'nothingUnsaved',
  'canRevert',
  'hasBegun',
  'hasSaved',
  'hasMetConflict',
] as const;
export type ContextKey = (typeof contextKeys)[number];
