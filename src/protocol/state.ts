/**
 * What the host tells the panel: the whole state, and afterwards what changed of it.
 * Everything here is plain data that survives structured cloning; texts are already translated.
 */
import type { Delta } from './delta';
import type { ConflictChoice, FieldName } from './fields';
import type { Keystroke } from './keystroke';
import type { FoldState, HistoryState, InteractionFormState, OtherTextState, PartProblem } from './related';
import type { PanelStrings } from './strings';

export interface FieldState {
  readonly name: FieldName;
  readonly label: string;
  /** What the API holds; null and absent are shown as an empty field. */
  readonly saved: string;
  /** What the person typed, or `saved`. */
  readonly value: string;
  /** `saved` as people write it, where that differs: to be read, never to be edited or sent. */
  readonly readable?: string;
  /** A message about this field, from a check or from the API. It must be put right before saving. */
  readonly error?: string;
  /** Unusual, but not wrong: said, and in nobody's way. */
  readonly hint?: string;
  /** Somebody else changed this field since the draft began: said before Save finds out. */
  readonly warning?: string;
  /** It holds a list or an object, shown as JSON: text typed over it would replace what nobody can see. */
  readonly readOnly?: boolean;
  /** Both sides changed it: takes the field's place until one was chosen. */
  readonly conflict?: ConflictState;
}

/** The three values of a field that both sides changed; empty ones are empty text. */
export interface ConflictState {
  /** What was chosen so far, before the page was made anew. */
  readonly chosen?: ConflictChoice;
  readonly before: string;
  readonly mine: string;
  readonly theirs: string;
  /** Who made it theirs and when, if that may be known. */
  readonly by?: { readonly who: string; readonly time: string };
}

/** A label is text with moments in it, as only the panel knows the person's time zone. */
export type LabelPart = string | { readonly time: string };

export interface RelatedState {
  readonly type: string;
  readonly id: string;
  /** Never empty. Without anything better it is the type and a short id. */
  readonly label: readonly LabelPart[];
  /** A second line, such as the notes of an interaction. */
  readonly detail?: string;
  /** It is still to be read. */
  readonly pending?: boolean;
  /** The other contacts of an account. */
  readonly fold?: FoldState;
  /** Notes can be edited, and this is what was typed of them. */
  readonly editable?: boolean;
  readonly form?: InteractionFormState;
  /** What was done with it just now: announced. */
  readonly said?: string;
}

export interface RelationshipState {
  readonly name: string;
  readonly label: string;
  readonly items: readonly RelatedState[];
  /** Set where there is never more than one, which needs no counting. */
  readonly single?: boolean;
  /** How many more can be shown. */
  readonly rest?: number;
  /** How many there are beyond all that can be shown. */
  readonly more?: number;
  /** Why some of it could not be read. */
  readonly problem?: PartProblem;
  /** What can be added to it: the name of the button. */
  readonly add?: string;
  /** The interaction that is being written. */
  readonly form?: InteractionFormState;
  /** What was typed about interactions that are not among the items any more. */
  readonly left?: readonly LeftState[];
  /** What became of what was added; `look` where only Ctrl Hub can tell. */
  readonly added?: { readonly problem: PartProblem; readonly look: boolean };
  /** What was done just now: announced. */
  readonly said?: string;
  /** Set when the API named the relationship but gave no data for it (links only, say). */
  readonly unknown?: boolean;
}

/** There is no form for it: it can be read, copied and thrown away. */
export interface LeftState {
  /** The interaction's id. */
  readonly what: string;
  readonly lines: readonly DraftLine[];
}

/** A read-only attribute: `value` is text, or JSON when `json` is set (lists and objects). */
export interface AttributeState {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly json?: boolean;
}

export interface TimeState {
  readonly name: string;
  readonly label: string;
  /** As the API gave it: RFC 3339, with any number of fraction digits; or whatever else came. */
  readonly value: string;
}

/** Something went wrong: what, in plain words, and what the person can do. */
export interface ProblemState {
  readonly message: string;
  /** Further sentences: the API's own words, other fields' messages. Server text, shown as text. */
  readonly details: readonly string[];
  /** For support, with a copy button. */
  readonly traceId?: string;
  readonly actions: readonly ProblemAction[];
  /** The name of the button of `saveWithout`: it says what is removed. */
  readonly without?: string;
}
export type ProblemAction = 'retry' | 'saveWithout' | 'signIn' | 'useSampleData' | 'showLog' | 'copyDraft';

/** What the one line beside the buttons says. */
export type SaveState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'saving' }
  /** Ctrl Hub asked to wait: the save goes on at `until` (milliseconds since 1970) unless it is cancelled. */
  | { readonly kind: 'waiting'; readonly until: number }
  /** `notes` are sentences to show with it: what a colleague changed meanwhile, what was saved otherwise. */
  | { readonly kind: 'saved'; readonly notes: readonly string[]; readonly canUndo: boolean }
  /** Fields carry their `conflict`; nothing was sent. */
  | { readonly kind: 'conflict' }
  /** `unasked`: nobody saved, the session ended by itself. */
  | { readonly kind: 'failed'; readonly problem: ProblemState; readonly unasked?: boolean };

/** The contact is shown before it was read. */
export type FreshnessState =
  | { readonly kind: 'checking' }
  /** It could not be read: why, unless that is said elsewhere. */
  | {
      readonly kind: 'old';
      /** When Ctrl Hub had it as it is shown (RFC 3339), where that is known. */
      readonly since?: string;
      readonly problem?: PartProblem;
      /** What was typed about interactions, which are not shown. */
      readonly draft?: readonly DraftLine[];
    };

export interface ReadyState {
  readonly kind: 'ready';
  /** Set until the contact was read. */
  readonly freshness?: FreshnessState;
  readonly fields: readonly FieldState[];
  readonly save: SaveState;
  /** How often this panel was asked to save: what is wrong now, or to be chosen, may be the answer to it. */
  readonly attempt: number;
  /** When the draft began (RFC 3339); set while something is unsaved. */
  readonly since?: string;
  /** "Revert" was pressed and can be taken back. */
  readonly canUnrevert?: boolean;
  /** The account may not change this contact: the fields can be read and copied only. The problem says why. */
  readonly readOnly?: boolean;
  /** Sentences about what happened by itself: changed by a colleague, changed in another window. */
  readonly notices: readonly string[];
  /** What another window had in the fields and this one typed over. */
  readonly others?: readonly OtherTextState[];
  readonly attributes: readonly AttributeState[];
  readonly id: string;
  readonly type: string;
  readonly times: readonly TimeState[];
  readonly relationships: readonly RelationshipState[];
  /** Only where the account may read it. */
  readonly history?: HistoryState;
}

export type PanelBody =
  | { readonly kind: 'loading' }
  /** `draft` is what was typed and cannot be shown in its form now. */
  | { readonly kind: 'failed'; readonly problem: ProblemState; readonly draft: readonly DraftLine[] }
  | ReadyState;

export interface DraftLine {
  readonly label: string;
  readonly value: string;
  /** `value` is a moment in RFC 3339. */
  readonly time?: boolean;
}

/** Which contact a panel shows: kept by the webview, so that VS Code can open the panel again after a restart. */
export interface PanelIdentity {
  readonly origin: string;
  readonly organisationId: string;
  readonly contactId: string;
}

export interface PanelState {
  readonly identity: PanelIdentity;
  /** The contact's name, for the heading; empty while it isn't known. */
  readonly title: string;
  /** The organisation's name, if known. */
  readonly organisation: string;
  readonly body: PanelBody;
  /** The last keystroke that the host has taken; none before the first one. */
  readonly heard?: Keystroke;
  readonly strings: PanelStrings;
}

/** Somebody came to edit: the focus goes to the first field, once there is one. */
export interface FocusMessage {
  readonly type: 'focus';
  /** The relationship that something is to be added to, as if its button was pressed. */
  readonly add?: string | undefined;
}

/** To a page that begins, or that missed something. */
export interface StateMessage {
  readonly type: 'state';
  /** Counts up with the messages to a panel's pages. */
  readonly version: number;
  readonly state: PanelState;
}

/** To a page that has the version before. Another one asks for the whole state by `ready`. */
export interface ChangeMessage {
  readonly type: 'change';
  readonly version: number;
  readonly delta: Delta;
}
