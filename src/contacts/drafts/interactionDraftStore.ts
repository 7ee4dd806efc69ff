/** The unsent drafts of interactions of all accounts. */
import type { Runtime } from '../../base/runtime';
import type { InteractionField } from '../../protocol/related';
import type { DraftKind } from './draftKind';
import type { DraftStorage } from './draftStorage';
import {
  changeable,
  formatInteractionDraft,
  formatInteractionEnding,
  type InteractionDraft,
  type InteractionDraftKey,
  type InteractionValues,
  interactionFields,
  interactionKeyText,
  isNewOne,
  isTyped,
  newForm,
  newInteractionId,
  parseInteractionDraft,
  parseInteractionEnding,
  typedValue,
} from './interactionDraft';
import { isSameInteractionDraft, joinInteractionDrafts } from './interactionDraftJoin';
import { withOthers, withTaken } from './interactionOthers';
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
  note: (draft) => formatInteractionEnding(draft?.ended),
  ended: (note) => ({ values: {}, base: {}, ended: parseInteractionEnding(note) }),
  isOver: (draft) => draft === undefined || draft.ended !== undefined,
  same: isSameInteractionDraft,
  join: joinInteractionDrafts,
};

export class InteractionDraftStore extends StoredDrafts<InteractionDraftKey, Begun> {
  constructor(storage: DraftStorage, runtime: Runtime) {
    super(kind, storage, runtime);
  }

  /** Hides a draft that has ended. */
  override get(key: InteractionDraftKey): Begun {
    const draft = super.get(key);
    return draft?.ended ? undefined : draft;
  }

  /**
   * Stores a draft. If it does not mention other windows' texts, the previous ones stay. After the draft
   * ends, the form continues with the text of another window, if one is left.
   */
  override set(key: InteractionDraftKey, draft: Begun): void {
    const before = this.get(key);
    const others = draft?.others ?? before?.others ?? [];
    const other = others.at(-1);
    if (draft !== undefined) super.set(key, withOthers(draft, others));
    else if (before === undefined || other === undefined) super.set(key, undefined);
    else {
      const values = { ...before.base, ...other };
      const form = isNewOne(before) ? newForm() : undefined;
      super.set(key, withOthers({ ...before, sent: undefined, form, values }, others.slice(0, -1)));
    }
  }

  /**
   * Ends a draft that was saved. Text typed during the send stays, and the text of another window continues
   * from the sent one.
   */
  finish(key: InteractionDraftKey, sent: InteractionValues): void {
    const now = this.get(key);
    if (now === undefined) return;
    const isNew = key.interactionId === newInteractionId;
    const same = interactionFields.every((field) => now.values[field] === sent[field]);
    const others = now.others ?? [];
    const other = others.at(-1);
    if (same && other === undefined) {
      const ended = { saved: isNew ? [] : changeable, logged: now.form };
      super.set(key, { values: {}, base: {}, ended });
    } else
      this.set(key, {
        values: same ? { ...now.values, ...other } : now.values,
        base: sent,
        others: same ? others.slice(0, -1) : others,
        // The API may have tidied what was sent, and holds it in another form.
        ...(isNew ? { form: newForm() } : { sent: now.sent }),
      });
  }

  /** @param base the values of the fields before the user types */
  begin(key: InteractionDraftKey, base: InteractionValues): void {
    this.set(key, {
      values: base,
      base,
      ...(key.interactionId === newInteractionId ? { form: newForm() } : {}),
    });
  }

  type(key: InteractionDraftKey, field: InteractionField, value: string): void {
    const draft = this.get(key);
    if (draft === undefined) return;
    const typed = typedValue(field, value, draft.base[field]);
    this.set(key, { ...draft, values: { ...draft.values, [field]: typed } });
  }

  /** Returns the texts of other windows that this one replaced. */
  lost(key: InteractionDraftKey): readonly InteractionValues[] {
    return this.get(key)?.others ?? [];
  }

  /** Continues with the text of another window; the current text is kept in its place. */
  takeAside(key: InteractionDraftKey, other: InteractionValues): void {
    const draft = this.get(key);
    if (draft?.others?.includes(other) === true) this.set(key, withTaken(draft, other));
  }

  /** Drops a text of another window about which the user has decided. */
  dropAside(key: InteractionDraftKey, other: InteractionValues): void {
    const draft = this.get(key);
    if (draft) this.set(key, { ...draft, others: draft.others?.filter((one) => one !== other) ?? [] });
  }

  /** Removes the draft and the texts of other windows. */
  discard(key: InteractionDraftKey): void {
    if (this.get(key) === undefined) return;
    super.set(key, undefined);
    void this.clearTraces(key);
  }
}
