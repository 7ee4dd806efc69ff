/** The unsent drafts of interactions of all accounts. */
import type { Runtime } from '../../base/runtime';
import type { DraftKind } from './draftKind';
import type { DraftStorage } from './draftStorage';
import {
  formatInteractionDraft,
  type InteractionDraft,
  type InteractionDraftKey,
  type InteractionField,
  type InteractionValues,
  interactionKeyText,
  isTyped,
  parseInteractionDraft,
  typedIn,
} from './interactionDraft';
import {
  isSameInteractionDraft,
  joinInteractionDrafts,
  withOtherNotes,
  withOthers,
} from './interactionDraftJoin';
import { StoredDrafts } from './storedDrafts';

/**
 * Undefined after the draft is sent or discarded. A draft exists from its beginning, before any text is
 * typed.
 */
type Begun = InteractionDraft | undefined;

const kind: DraftKind<InteractionDraftKey, Begun> = {
  name: 'Notes',
  keyText: interactionKeyText,
  parse: parseInteractionDraft,
  format: (key, draft) => (isTyped(draft) ? formatInteractionDraft(key, draft) : undefined),
  note: () => '',
  ended: () => undefined,
  isOver: (draft) => draft === undefined,
  same: isSameInteractionDraft,
  join: joinInteractionDrafts,
};

export class InteractionDraftStore extends StoredDrafts<InteractionDraftKey, Begun> {
  constructor(storage: DraftStorage, runtime: Runtime) {
    super(kind, storage, runtime);
  }

  /**
   * Stores a draft. If it does not mention other windows' texts, the previous ones stay. After the draft
   * ends, the form continues with the text of another window, if one is left.
   */
  override set(key: InteractionDraftKey, draft: Begun): void {
    const before = this.get(key);
    const others = draft?.others ?? before?.others ?? [];
    const values = others.at(-1);
    if (draft !== undefined) super.set(key, withOthers(draft, others));
    else
      super.set(key, values && before && { ...before, sent: undefined, values, others: others.slice(0, -1) });
  }

  /** @param revision the number of the panel's keystroke */
  type(key: InteractionDraftKey, field: InteractionField, value: string, revision = 0): void {
    const draft = this.get(key);
    if (draft === undefined) return;
    this.set(key, {
      ...draft,
      values: { ...draft.values, [field]: value },
      revision: Math.max(revision, draft.revision ?? 0),
    });
  }

  /** Returns the texts of other windows that this one replaced. */
  lost(key: InteractionDraftKey): readonly InteractionValues[] {
    return this.get(key)?.others ?? [];
  }

  /** Continues with the text of another window; the current text is kept in its place. */
  takeAside(key: InteractionDraftKey, other: InteractionValues): void {
    const draft = this.get(key);
    if (draft?.others?.includes(other) !== true) return;
    const left = draft.others.filter((one) => one !== other);
    const isWorth = typedIn(draft).includes('notes') && !!draft.values.notes;
    const others = isWorth ? withOtherNotes(left, draft.values) : left;
    this.set(key, { ...draft, values: { ...draft.values, ...other }, others });
  }

  /** Drops a text of another window about which the user has decided. */
  dropAside(key: InteractionDraftKey, other: InteractionValues): void {
    const draft = this.get(key);
    if (draft) this.set(key, { ...draft, others: draft.others?.filter((one) => one !== other) ?? [] });
  }

  /** Removes the draft and the texts of other windows. */
  discard(key: InteractionDraftKey): void {
    if (this.get(key) !== undefined) super.set(key, undefined);
  }
}
