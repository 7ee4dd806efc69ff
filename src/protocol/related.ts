/** Related records, what is typed about them, and the history: states and messages. */
import type { Keystroke } from './keystroke';

/** The fields of an interaction that a person fills in. */
export type InteractionField =
  | 'method'
  | 'direction'
  | 'date_time'
  | 'contacted'
  | 'status'
  | 'account'
  | 'notes';

/** Something went wrong in one part; the rest of the panel goes on. */
export interface PartProblem {
  readonly message: string;
  /** The API's own words. Server text, shown as text. */
  readonly details: readonly string[];
  readonly traceId?: string;
}

export interface InteractionFieldState {
  readonly name: InteractionField;
  readonly label: string;
  /** `time` is a moment in RFC 3339, `check` is "true" or "false", `suggest` is text with suggestions. */
  readonly kind: 'choice' | 'suggest' | 'text' | 'time' | 'check' | 'notes';
  readonly value: string;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  /** What somebody else made of it meanwhile. */
  readonly theirs?: string;
}

/** An interaction that is being written: a new one, or what may be changed of one. */
export interface InteractionFormState {
  /** The interaction's id; empty for a new one. */
  readonly what: string;
  readonly title: string;
  readonly fields: readonly InteractionFieldState[];
  /** The account that goes with it, where there is none to choose. */
  readonly account?: string;
  /** The name of the button that sends it. */
  readonly send: string;
  readonly sending?: boolean;
  readonly problem?: PartProblem;
  /** What another window had in a field. */
  readonly others?: readonly OtherTextState[];
  /** Only these can be done; without it, it can be sent or thrown away. */
  readonly next?: 'look' | 'choose' | 'signIn';
}

/** A text that another window had and this one typed over. The host keeps it whole, under `id`. */
export interface OtherTextState {
  readonly id: string;
  /** What it was and where, shortly. */
  readonly message: string;
}

interface OtherContact {
  readonly id: string;
  readonly label: string;
}

/** An account can be unfolded to its other contacts. */
export interface FoldState {
  readonly unfolded: boolean;
  /** Empty while it is folded. */
  readonly contacts: readonly OtherContact[];
  /** How many there are beyond `contacts`. */
  readonly more: number;
}

export interface HistoryEvent {
  /** RFC 3339, or whatever else came. */
  readonly time: string;
  /** "Ruth Author · Changed" */
  readonly title: string;
  /** One sentence a field. */
  readonly changes: readonly string[];
}

export interface HistoryState {
  readonly unfolded: boolean;
  readonly loading: boolean;
  readonly events: readonly HistoryEvent[];
  /** There may be older ones. */
  readonly more: boolean;
  readonly problem?: PartProblem;
}

/** Sent at every keystroke in a form of an interaction. */
export interface InteractionIntent extends Keystroke {
  readonly type: 'interaction';
  readonly what: string;
  readonly field: InteractionField;
  readonly value: string;
  /** The form as the host last showed it: with it a form is begun again that the host no longer has. */
  readonly before: Readonly<Partial<Record<InteractionField, string>>>;
}

/** Ids and names are those that are on screen: the host knows what it showed, and does nothing for others. */
export type RelatedIntent =
  | {
      readonly type: 'related';
      /** `seen`: rows that are still to be read are on screen. `add`: log an interaction, link an account. */
      readonly act: 'seen' | 'more' | 'retry' | 'add' | 'look';
      readonly name: string;
    }
  | { readonly type: 'fold' | 'editNotes' | 'openContact'; readonly id: string }
  | {
      readonly type: 'interactionDo';
      readonly what: string;
      readonly act: 'send' | 'drop' | 'look' | 'mine' | 'theirs';
    }
  | { readonly type: 'history'; readonly act: 'fold' | 'more' };
