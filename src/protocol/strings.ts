/** The panel's static texts, translated by the host. `{0}` is a placeholder for a value. */
export interface PanelStrings {
  /** The BCP 47 tag of the display language, for `lang`. */
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
  /** The previous value next to a changed field: "was “{0}”". */
  readonly was: string;
  readonly wasEmpty: string;
  readonly revertField: string;
  readonly contactFields: string;
  readonly otherDetails: string;
  readonly relatedRecords: string;
  readonly skipToRelated: string;
  readonly none: string;
  /** Shown for a relationship that the API sent without data. */
  readonly notGiven: string;
  readonly emptyValue: string;
  readonly id: string;
  readonly type: string;
  /** The label of a copy button: "Copy ID of {0}". */
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
  /** For a text of another window. */
  readonly copyOther: string;
  readonly useOther: string;
  readonly yourDraft: string;
  /** The label of a button: "Edit notes of {0}". */
  readonly editNotes: string;
  /** "Other contacts of {0}" */
  readonly otherContacts: string;
  readonly discard: string;
  /** For the draft of a deleted interaction. */
  readonly notListed: string;
  /** The label of the button that searches Ctrl Hub for the outcome. */
  readonly look: string;
  readonly history: string;
  /** Shown while a part is being read. */
  readonly reading: string;
  /** Shown at the maximum length of a field: "This field is full. …" */
  readonly full: string;
  /** The author and the time. */
  readonly changedBy: string;
}
