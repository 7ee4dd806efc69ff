/** The states and messages of related records, of drafts about them, and of the history. */
import type { Keystroke } from './keystroke';

/** The fields of an interaction's form. */
export type InteractionField =
  | 'method'
  | 'direction'
  | 'date_time'
  | 'contacted'
  | 'status'
  | 'account'
  | 'notes';

/** An error in one part; the other parts of the panel keep working. */
export interface PartProblem {
  readonly message: string;
  /** The API's own text. Server text, shown as plain text. */
  readonly details: readonly string[];
  readonly traceId?: string;
}

export interface InteractionFieldState {
  readonly name: InteractionField;
  readonly label: string;
  /** `time` is a timestamp in RFC 3339, `check` is "true" or "false", `suggest` is text with suggestions. */
  readonly kind: 'choice' | 'suggest' | 'text' | 'time' | 'check' | 'notes';
  readonly value: string;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  /** The conflicting value of another user. */
  readonly theirs?: string;
}

/** The form of an interaction: a new one, or the editable part of an existing one. */
export interface InteractionFormState {
  /** The interaction's ID; empty for a new one. */
  readonly interactionId: string;
  readonly title: string;
  readonly fields: readonly InteractionFieldState[];
  /** The only customer account, which needs no choice. */
  readonly account?: string;
  /** The label of the button that sends the form. */
  readonly send: string;
  readonly sending?: boolean;
  readonly problem?: PartProblem;
  /** The texts of other windows for the fields. */
  readonly others?: readonly OtherTextState[];
  /** The only available action; absent if the form can be sent or discarded. */
  readonly next?: 'look' | 'choose' | 'signIn';
}

/** A text of another window that this one replaced. The host keeps the whole text under `id`. */
export interface OtherTextState {
  readonly id: string;
  /** Describes the text and its field in short. */
  readonly message: string;
}

interface OtherContact {
  readonly id: string;
  readonly label: string;
}

/** The other contacts of a customer account, which can be expanded. */
export interface FoldState {
  readonly unfolded: boolean;
  /** Empty while collapsed. */
  readonly contacts: readonly OtherContact[];
  /** The number of contacts beyond `contacts`. */
  readonly more: number;
}

export interface HistoryEvent {
  /** An RFC 3339 timestamp, or any other text that the API sent. */
  readonly time: string;
  /** The author and the operation, such as "Ruth Author · Changed". */
  readonly title: string;
  /** One sentence for each field. */
  readonly changes: readonly string[];
}

export interface HistoryState {
  readonly unfolded: boolean;
  readonly loading: boolean;
  readonly events: readonly HistoryEvent[];
  /** True if older events may exist. */
  readonly more: boolean;
  readonly problem?: PartProblem;
}

/** Sent at every keystroke in an interaction's form. */
export interface InteractionIntent extends Keystroke {
  readonly type: 'interaction';
  readonly interactionId: string;
  readonly field: InteractionField;
  readonly value: string;
  /**
   * The form's values as the host last showed them. The host begins the form again with them if it no longer
   * has it.
   */
  readonly before: Readonly<Partial<Record<InteractionField, string>>>;
}

/** IDs and names are those on screen. The host ignores any other. */
export type RelatedIntent =
  | {
      readonly type: 'related';
      /** `seen`: rows that must be read are visible. `add`: log an interaction, or link an account. */
      readonly act: 'seen' | 'more' | 'retry' | 'add' | 'look';
      readonly name: string;
    }
  | { readonly type: 'fold' | 'editNotes' | 'openContact'; readonly id: string }
  | {
      readonly type: 'interactionDo';
      readonly interactionId: string;
      readonly act: 'send' | 'drop' | 'look' | 'mine' | 'theirs';
    }
  | { readonly type: 'history'; readonly act: 'fold' | 'more' };
