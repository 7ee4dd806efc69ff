/**
 * What the page of a review shows, and what it says to the host. The host translates all texts; names and values come
 * from Ctrl Hub or from a person. Rows are named by their place in the state with that `revision`.
 */

interface ReviewChange {
  /** The field's label. */
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

export interface ReviewRow {
  readonly name: string;
  /** The organisation, where the review is about several; else empty. */
  readonly where: string;
  readonly changes: readonly ReviewChange[];
}

/** `done`: nothing is left to do; `trouble`: it was not saved; `open`: not sent, or not known yet. */
export type ResultKind = 'done' | 'trouble' | 'open';

/** What changes about a row. */
export interface ReviewMark {
  /** False for a contact that a former Apply has dealt with. */
  readonly canTake: boolean;
  readonly isIncluded: boolean;
  readonly result?: { readonly kind: ResultKind; readonly text: string } | undefined;
}

export interface ReviewSkipped {
  /** A heading with the number of contacts. */
  readonly reason: string;
  readonly contacts: readonly { readonly name: string; readonly fields: string }[];
}

export interface ReviewHead {
  /** Organisation and environment. */
  readonly where: string;
  /** The number of contacts, then one text a field. */
  readonly totals: readonly string[];
  readonly warnings: readonly string[];
  /** How things stand, in words. */
  readonly status: string;
  /** The same where it is to be spoken: it changes at moments that matter only. */
  readonly announcement: string;
  /** Absent while contacts are read: there is no plan then. */
  readonly apply?: { readonly label: string; readonly isEnabled: boolean } | undefined;
  /** Contacts can be taken out, and put in again. */
  readonly canTake: boolean;
  readonly canCancel: boolean;
  readonly canCompare: boolean;
  readonly canSaveResult: boolean;
  readonly canReviewAgain: boolean;
  readonly canSignIn: boolean;
}

/** The page's own words. `{0}` and `{1}` stand for values. */
export interface ReviewStrings {
  /** BCP 47 tag of the display language. */
  readonly language: string;
  readonly title: string;
  readonly cancel: string;
  readonly compare: string;
  readonly saveResult: string;
  readonly reviewAgain: string;
  readonly signIn: string;
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
  /** What changed since, with the same rows. */
  | {
      readonly type: 'reviewUpdate';
      readonly revision: number;
      readonly head: ReviewHead;
      readonly marks: readonly (readonly [number, ReviewMark])[];
    };

export type ReviewIntent =
  | { readonly type: 'ready' }
  | {
      readonly type: 'take';
      readonly revision: number;
      readonly rows: readonly number[];
      readonly isIncluded: boolean;
    }
  /** The person agreed to what this revision shows. */
  | { readonly type: 'apply'; readonly revision: number }
  | { readonly type: 'open'; readonly revision: number; readonly row: number }
  | { readonly type: 'openSkipped'; readonly revision: number; readonly group: number; readonly at: number }
  | { readonly type: 'cancel' | 'compare' | 'saveResult' | 'reviewAgain' | 'signIn' };
