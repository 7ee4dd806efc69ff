/** What was typed about interactions and not sent, of all accounts, beside the drafts of contacts. */
import type { Runtime } from '../base/runtime';
import type { DraftKind } from './draftKind';
import type { DraftStorage } from './draftStorage';
import {
  formatInteractionDraft,
  type InteractionDraft,
  type InteractionDraftKey,
  type InteractionField,
  type InteractionValues,
  interactionKeyText,
  isSameInteractionDraft,
  isTyped,
  joinInteractionDrafts,
  parseInteractionDraft,
} from './interactionDraft';
import { StoredDrafts } from './storedDrafts';

/** Undefined once it was sent or thrown away. One that is begun is there, also before anything is typed. */
type Begun = InteractionDraft | undefined;
type Lost = Pick<InteractionValues, 'notes'>;

const kind: DraftKind<InteractionDraftKey, Begun, Lost> = {
  name: 'Notes',
  keyText: interactionKeyText,
  parse: parseInteractionDraft,
  format: (key, draft) => (isTyped(draft) ? formatInteractionDraft(key, draft) : undefined),
  isOver: (draft) => draft === undefined,
  same: isSameInteractionDraft,
  join: joinInteractionDrafts,
};

export class InteractionDraftStore extends StoredDrafts<InteractionDraftKey, Begun, Lost> {
  constructor(storage: DraftStorage, runtime: Runtime) {
    super(kind, storage, runtime);
  }

  /** @param revision counts up with each keystroke of a panel */
  type(key: InteractionDraftKey, field: InteractionField, value: string, revision = 0): void {
    const draft = this.get(key);
    if (draft === undefined) return;
    this.set(key, {
      ...draft,
      values: { ...draft.values, [field]: value },
      revision: Math.max(revision, draft.revision ?? 0),
    });
  }

  /** Notes that another window had typed and this one typed over. */
  lost(key: InteractionDraftKey): string | undefined {
    return this.typedOver(key)?.notes;
  }
}
