/** What was typed about interactions and not sent, of all accounts, beside the drafts of contacts. */
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

/** Undefined once it was sent or thrown away. One that is begun is there, also before anything is typed. */
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
   * What a draft does not say of other windows' texts stays as it was. Where one is done with and another
   * window's text is left, the form goes on with that.
   */
  override set(key: InteractionDraftKey, draft: Begun): void {
    const before = this.get(key);
    const others = draft?.others ?? before?.others ?? [];
    const values = others.at(-1);
    if (draft !== undefined) super.set(key, withOthers(draft, others));
    else
      super.set(key, values && before && { ...before, sent: undefined, values, others: others.slice(0, -1) });
  }

  type(key: InteractionDraftKey, field: InteractionField, value: string): void {
    const draft = this.get(key);
    if (draft) this.set(key, { ...draft, values: { ...draft.values, [field]: value } });
  }

  /** What another window had typed and this one typed over, whole. */
  lost(key: InteractionDraftKey): readonly InteractionValues[] {
    return this.get(key)?.others ?? [];
  }

  /** Goes on with the text of another window; what stands there now is kept in its place. */
  takeAside(key: InteractionDraftKey, other: InteractionValues): void {
    const draft = this.get(key);
    if (draft?.others?.includes(other) !== true) return;
    const left = draft.others.filter((one) => one !== other);
    const isWorth = typedIn(draft).includes('notes') && !!draft.values.notes;
    const others = isWorth ? withOtherNotes(left, draft.values) : left;
    this.set(key, { ...draft, values: { ...draft.values, ...other }, others });
  }

  /** A person is done with the text of another window. */
  dropAside(key: InteractionDraftKey, other: InteractionValues): void {
    const draft = this.get(key);
    if (draft) this.set(key, { ...draft, others: draft.others?.filter((one) => one !== other) ?? [] });
  }

  /** All of it goes. */
  discard(key: InteractionDraftKey): void {
    if (this.get(key) !== undefined) super.set(key, undefined);
  }
}
