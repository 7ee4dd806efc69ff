/** The panel's own words, translated by the host. `{0}` stands for a value. */
export interface PanelStrings {
  /** BCP 47 tag of the display language, for `lang`. */
  readonly language: string;
  readonly loading: string;
  /** While what is shown is being compared with Ctrl Hub. */
  readonly checking: string;
  /** "This may be out of date: it was read at {0}." */
  readonly outOfDateSince: string;
  readonly outOfDate: string;
  readonly save: string;
  readonly revert: string;
  readonly saving: string;
  readonly saved: string;
  readonly unsaved: string;
  readonly notSaved: string;
  readonly retry: string;
  readonly signIn: string;
  readonly useSampleData: string;
  readonly showLog: string;
  /** "was “{0}”", beside a changed field. */
  readonly was: string;
  readonly wasEmpty: string;
  readonly revertField: string;
  readonly contactFields: string;
  readonly otherDetails: string;
  readonly relatedRecords: string;
  readonly skipToRelated: string;
  readonly none: string;
  /** For a relationship that the API named without saying what is in it. */
  readonly notGiven: string;
  readonly emptyValue: string;
  readonly id: string;
  readonly type: string;
  /** "Copy ID of {0}", the name of a copy button. */
  readonly copyId: string;
  readonly copied: string;
  readonly traceId: string;
  readonly copyTraceId: string;
  /** "Show {0} more" */
  readonly showMore: string;
  /** "Not shown: {0} more" */
  readonly notShown: string;
  /** "Unsaved since {0}" */
  readonly unsavedSince: string;
  readonly undo: string;
  readonly reverted: string;
  /** "Ctrl Hub asks to wait. Saving in {0} s" */
  readonly waiting: string;
  readonly cancel: string;
  readonly conflict: string;
  readonly conflictHelp: string;
  readonly before: string;
  readonly mine: string;
  readonly theirs: string;
  readonly other: string;
  /** "Another value for {0}" */
  readonly otherValue: string;
  readonly keepAllMine: string;
  readonly takeAllTheirs: string;
  readonly copyDraft: string;
  /** Of a text of another window. */
  readonly copyOther: string;
  readonly useOther: string;
  readonly yourDraft: string;
  /** "Edit notes of {0}", the name of a button. */
  readonly editNotes: string;
  /** "Other contacts of {0}" */
  readonly otherContacts: string;
  readonly discard: string;
  /** Of what was typed about an interaction that is gone. */
  readonly notListed: string;
  /** Asks Ctrl Hub what became of something. */
  readonly look: string;
  readonly history: string;
  /** For a part that is still being read. */
  readonly reading: string;
  /** For a field that takes no more: "This field is full. …" */
  readonly full: string;
  /** Who, and when. */
  readonly changedBy: string;
}
