/**
 * The host's messages to the panel: the whole state, and afterwards its changes.
 * Everything here is plain data that survives structured cloning; texts are already translated.
 */
import type { ContactKey } from './contactKey';
import type { Delta } from './delta';
import type { ConflictChoice, FieldName } from './fields';
import type { Keystroke } from './keystroke';
import type { FoldState, HistoryState, InteractionFormState, OtherTextState, PartProblem } from './related';
import type { PanelStrings } from './strings';

export interface FieldState {
  readonly name: FieldName;
  readonly label: string;
  /** The API's value; null and a missing value are shown as an empty field. */
  readonly saved: string;
  /** The typed value, or `saved`. */
  readonly value: string;
  /** A note that an assistant proposed the value and nobody has typed over it. */
  readonly proposed?: string;
  /** `saved` with grouped digits, if different, for display only: never edited or sent. */
  readonly readable?: string;
  /** An error from a check or from the API, which must be corrected before saving. */
  readonly error?: string;
  /** A hint about an unusual value, which does not prevent saving. */
  readonly hint?: string;
  /** A warning that another user changed this field after the draft began. */
  readonly warning?: string;
  /**
   * True for a list or an object, shown as JSON: typed text would replace a value that the field cannot show.
   */
  readonly readOnly?: boolean;
  /** The conflict, which takes the field's place until the user answers. */
  readonly conflict?: ConflictState;
}

/** The three values of a field in conflict; a missing value is ''. */
export interface ConflictState {
  /** The answer given before the page was recreated. */
  readonly chosen?: ConflictChoice;
  readonly before: string;
  readonly mine: string;
  readonly theirs: string;
  /** The author and the time of the API's value, if available. */
  readonly by?: { readonly who: string; readonly time: string };
}

/** A label consists of texts and timestamps, because only the panel knows the user's time zone. */
export type LabelPart = string | { readonly time: string };

export interface RelatedState {
  readonly type: string;
  readonly id: string;
  /** Never empty; without a better label, the type and a short ID. */
  readonly label: readonly LabelPart[];
  /** A second line, such as the notes of an interaction. */
  readonly detail?: string;
  /** True until the record is read. */
  readonly pending?: boolean;
  /** The other contacts of a customer account. */
  readonly fold?: FoldState;
  /** True if the notes can be edited. `form` holds the draft. */
  readonly editable?: boolean;
  readonly form?: InteractionFormState;
  /** An announcement of the last action. */
  readonly outcome?: string;
}

export interface RelationshipState {
  readonly name: string;
  readonly label: string;
  readonly items: readonly RelatedState[];
  /** True for a relationship to one record, which shows no count. */
  readonly single?: boolean;
  /** The number of further items that can be shown. */
  readonly rest?: number;
  /** The number of items beyond the limit. */
  readonly more?: number;
  /** An error that prevented reading some items. */
  readonly problem?: PartProblem;
  /** The label of the button that adds an item. */
  readonly add?: string;
  /** The form of a new interaction. */
  readonly form?: InteractionFormState;
  /** Drafts of interactions that are no longer among the items. */
  readonly left?: readonly LeftState[];
  /** The failure of an addition; `look` is true if only a search in Ctrl Hub can tell the outcome. */
  readonly added?: { readonly problem: PartProblem; readonly look: boolean };
  /** An announcement of the last action. */
  readonly outcome?: string;
  /** True if the API sent the relationship without data, for example links only. */
  readonly unknown?: boolean;
}

/** A draft without a form, which can be read, copied and discarded. */
export interface LeftState {
  /** The ID of the interaction. */
  readonly interactionId: string;
  readonly lines: readonly DraftLine[];
}

/** A read-only attribute. `value` is text, or JSON for lists and objects if `json` is true. */
export interface AttributeState {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly json?: boolean;
}

export interface TimeState {
  readonly name: string;
  readonly label: string;
  /** The value as the API sent it: RFC 3339 with any number of fraction digits, or another text. */
  readonly value: string;
}

/** An error with the actions that help. */
export interface ProblemState {
  readonly message: string;
  /**
   * Further sentences: the API's own text, and messages of other fields. Server text, shown as plain text.
   */
  readonly details: readonly string[];
  /** The trace ID for support, with a copy button. */
  readonly traceId?: string;
  readonly actions: readonly ProblemAction[];
  /** The label of the button of `saveWithout`, which names the removed attribute. */
  readonly without?: string;
}
export type ProblemAction = 'retry' | 'saveWithout' | 'signIn' | 'useSampleData' | 'showLog' | 'copyDraft';

/** The content of the status line next to the buttons. */
export type SaveState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'saving' }
  /**
   * Ctrl Hub requested a wait: the save continues at `until` (milliseconds since 1970) unless the user
   * cancels it.
   */
  | { readonly kind: 'waiting'; readonly until: number }
  /** `notes` are sentences to show: a colleague's changes, and values that the API changed. */
  | { readonly kind: 'saved'; readonly notes: readonly string[]; readonly canUndo: boolean }
  /** Fields have their `conflict`; nothing was sent. */
  | { readonly kind: 'conflict' }
  /** `unasked`: the session ended without a request to save. */
  | { readonly kind: 'failed'; readonly problem: ProblemState; readonly unasked?: boolean };

/** The contact is shown before it was read. */
export type FreshnessState =
  | { readonly kind: 'checking' }
  /** It could not be read. The reason is absent if it is shown elsewhere. */
  | {
      readonly kind: 'old';
      /** When Ctrl Hub had it as it is shown (RFC 3339), if known. */
      readonly since?: string;
      readonly problem?: PartProblem;
      /** Unsaved text of interactions that are not shown. */
      readonly draft?: readonly DraftLine[];
    };

export interface ReadyState {
  readonly kind: 'ready';
  /** Set until the contact was read. */
  readonly freshness?: FreshnessState;
  readonly fields: readonly FieldState[];
  readonly save: SaveState;
  /**
   * Counts the requests to save in this panel; errors and conflicts may be the response to the latest one.
   */
  readonly attempt: number;
  /** The time when the draft began (RFC 3339); absent without unsaved work. */
  readonly since?: string;
  /** True while a revert can be undone. */
  readonly canUnrevert?: boolean;
  /**
   * True if the account may not change this contact. The fields can be read and copied, and the problem gives
   * the reason.
   */
  readonly readOnly?: boolean;
  /** Sentences about changes by colleagues or other windows. */
  readonly notices: readonly string[];
  /** Texts of other windows that this one replaced in the fields. */
  readonly others?: readonly OtherTextState[];
  readonly attributes: readonly AttributeState[];
  readonly id: string;
  readonly type: string;
  readonly times: readonly TimeState[];
  readonly relationships: readonly RelationshipState[];
  /** Absent if the account may not read the history. */
  readonly history?: HistoryState;
}

export type PanelBody =
  | { readonly kind: 'loading' }
  /** `draft` holds unsaved text that has no form at present. */
  | { readonly kind: 'failed'; readonly problem: ProblemState; readonly draft: readonly DraftLine[] }
  | ReadyState;

export interface DraftLine {
  readonly label: string;
  readonly value: string;
  /** True if `value` is a timestamp in RFC 3339. */
  readonly time?: boolean;
}

export interface PanelState {
  /** The page stores it, so that VS Code can restore the panel after a restart. */
  readonly identity: ContactKey;
  /** The contact's name for the heading; empty if unknown. */
  readonly title: string;
  /** The organisation's name, if known. */
  readonly organisation: string;
  readonly body: PanelBody;
  /** The latest keystroke that the host has handled. */
  readonly heard?: Keystroke;
  readonly strings: PanelStrings;
}

/** Requests the focus for the first field, or for an addition to a relationship, as soon as it is there. */
export interface FocusMessage {
  readonly type: 'focus';
  /** The relationship whose form, or else whose button, gets the focus. */
  readonly relationship?: string | undefined;
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
