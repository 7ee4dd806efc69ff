import * as vscode from 'vscode';
import type { PanelStrings } from '../../protocol/strings';

let made: PanelStrings | undefined;

/** The panel's own words in the display language, which is the same as long as this window is open. */
export function panelStrings(): PanelStrings {
  made ??= makeStrings();
  return made;
}

function makeStrings(): PanelStrings {
  const { t } = vscode.l10n;
  return {
    language: vscode.env.language,
    loading: t('Loading contact…'),
    checking: t('Checking for changes…'),
    outOfDateSince: t('This may be out of date: it was read at {0}.', '{0}'),
    outOfDate: t('This may be out of date.'),
    save: t('Save'),
    revert: t('Revert'),
    saving: t('Saving…'),
    saved: t('Contact saved'),
    unsaved: t('Unsaved changes'),
    notSaved: t('Not saved'),
    retry: t('Retry'),
    signIn: t('Sign In'),
    useSampleData: t('Try with Sample Data'),
    showLog: t('Show Log'),
    was: t('was “{0}”', '{0}'),
    wasEmpty: t('was empty'),
    revertField: t('Revert {0}', '{0}'),
    contactFields: t('Contact'),
    otherDetails: t('Details'),
    relatedRecords: t('Related records'),
    skipToRelated: t('Skip to related records'),
    none: t('None'),
    notGiven: t('Not provided by Ctrl Hub'),
    emptyValue: t('empty'),
    id: t('ID'),
    type: t('Type'),
    copyId: t('Copy ID of {0}', '{0}'),
    copied: t('Copied'),
    traceId: t('Trace ID'),
    copyTraceId: t('Copy trace ID'),
    showMore: t('Show {0} more', '{0}'),
    notShown: t('Not shown: {0} more', '{0}'),
    unsavedSince: t('Unsaved since {0}', '{0}'),
    undo: t('Undo'),
    reverted: t('Changes reverted'),
    waiting: t('Ctrl Hub asks to wait. Saving in {0} s', '{0}'),
    cancel: t('Cancel'),
    conflict: t('Somebody else changed this too'),
    conflictHelp: t('Choose what to keep; nothing is saved before.'),
    before: t('Before'),
    mine: t('Mine'),
    theirs: t('Theirs'),
    other: t('Other'),
    otherValue: t('Another value for {0}', '{0}'),
    keepAllMine: t('Keep all mine'),
    takeAllTheirs: t('Take all theirs'),
    copyDraft: t('Copy what I typed'),
    copyOther: t('Copy the whole text'),
    useOther: t('Use this text'),
    yourDraft: t('What you typed'),
    editNotes: t('Edit notes of {0}', '{0}'),
    otherContacts: t('Other contacts of {0}', '{0}'),
    discard: t('Discard'),
    notListed: t('This interaction is not listed any more. What you typed is kept, to be copied.'),
    look: t('Look in Ctrl Hub'),
    history: t('History'),
    reading: t('Loading…'),
    full: t('This field is full. It holds at most {0} characters: shorten the text to add more.', '{0}'),
    changedBy: t('changed by {0}, {1}', '{0}', '{1}'),
  };
}

/** A notice while the disk cannot store a draft. */
export function storageNotice(): string {
  return vscode.l10n.t(
    'Drafts cannot be stored on this computer at the moment. What you type is kept only while this window is open: save soon.',
  );
}
