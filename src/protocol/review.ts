/**
 * The state that the page of a review shows, and its messages to the host. The host translates all texts; names and
 * values come from Ctrl Hub or from the user. Rows are identified by their index in the state with that `revision`.
 */

interface ReviewChange {
  /** The label of the field. */
  readonly field: string;
  readonly before: string;
  readonly after: string;
  /** Notes on the new value, such as "Proposed by an assistant". */
  readonly notes: readonly string[];
}

export interface ReviewRow {
  readonly name: string;
  /** The organisation if the review covers several; otherwise empty. */
  readonly where: string;
  readonly changes: readonly ReviewChange[];
}

/** `done`: no action is left; `trouble`: it was not saved; `open`: not sent, or unknown. */
export type ResultKind = 'done' | 'trouble' | 'open';

/** The changing part of a row. */
export interface ReviewMark {
  /** False for a contact that an earlier Apply has completed. */
  readonly canInclude: boolean;
  readonly isIncluded: boolean;
  readonly result?: { readonly kind: ResultKind; readonly text: string } | undefined;
}

export interface ReviewSkipped {
  /** A heading with the number of contacts or rows. */
  readonly reason: string;
  readonly contacts: readonly ReviewSkippedContact[];
}

interface ReviewSkippedContact {
  /** "Row 7" for a row of a file; otherwise empty. */
  readonly place: string;
  readonly name: string;
  /** True if the name opens a contact. */
  readonly canOpen: boolean;
  readonly fields: string;
}

export interface ReviewHead {
  /** Organisation, environment, and the file or the Apply that the changes come from. */
  readonly where: string;
  /** The number of contacts, followed by one text for each field. */
  readonly totals: readonly string[];
  readonly warnings: readonly string[];
  /** The status as text. */
  readonly status: string;
  /** The status for screen readers, which changes only at important moments. */
  readonly announcement: string;
  /** Absent while contacts are read, because there is no plan yet. */
  readonly apply?: { readonly label: string; readonly isEnabled: boolean } | undefined;
  /** True if contacts can be excluded and included again. */
  readonly canInclude: boolean;
  readonly canCancel: boolean;
  readonly canCompare: boolean;
  readonly canSaveResult: boolean;
  readonly canReviewAgain: boolean;
  readonly canSignIn: boolean;
  /** True if drafts were made from a file and can be discarded. */
  readonly canDiscard: boolean;
}

/** The texts of the page. `{0}` and `{1}` are placeholders. */
export interface ReviewStrings {
  /** BCP 47 tag of the display language. */
  readonly language: string;
  readonly title: string;
  readonly cancel: string;
  readonly compare: string;
  readonly saveResult: string;
  readonly reviewAgain: string;
  readonly signIn: string;
  readonly discard: string;
  readonly search: string;
  /** "{0} of {1} contacts shown" */
  readonly found: string;
  readonly warnings: string;
  readonly changes: string;
  readonly includeAll: string;
  /** "Include {0}" */
  readonly include: string;
  readonly contact: string;
  readonly field: string;
  readonly before: string;
  readonly after: string;
  readonly result: string;
  readonly empty: string;
  readonly skipped: string;
}

export interface ReviewState {
  readonly revision: number;
  readonly head: ReviewHead;
  readonly rows: readonly ReviewRow[];
  /** One for each row. */
  readonly marks: readonly ReviewMark[];
  readonly skipped: readonly ReviewSkipped[];
  readonly strings: ReviewStrings;
}

export type ReviewMessage =
  | { readonly type: 'review'; readonly state: ReviewState }
  /** Changes to the state with the same rows. */
  | {
      readonly type: 'reviewUpdate';
      readonly revision: number;
      readonly head: ReviewHead;
      readonly marks: readonly (readonly [number, ReviewMark])[];
    };

export type ReviewIntent =
  | { readonly type: 'ready' }
  | {
      readonly type: 'setIncluded';
      readonly revision: number;
      readonly rows: readonly number[];
      readonly isIncluded: boolean;
    }
  /** The user confirmed the content of this revision. */
  | { readonly type: 'apply'; readonly revision: number }
  | { readonly type: 'open'; readonly revision: number; readonly row: number }
  | { readonly type: 'openSkipped'; readonly revision: number; readonly group: number; readonly at: number }
  | { readonly type: 'cancel' | 'compare' | 'saveResult' | 'reviewAgain' | 'signIn' | 'discard' };
