/** The drafts of contacts, of all accounts: two windows that type into one contact are joined field by field. */
import type { Runtime } from '../base/runtime';
import { type Draft, type DraftKey, isEmpty, isSameDraft, joinDrafts, keyText } from './draft';
import type { DraftKind } from './draftKind';
import { formatDraft, parseDraft } from './draftRecord';
import type { DraftStorage } from './draftStorage';
import { StoredDrafts } from './storedDrafts';
import type { Edits } from './update';

const kind: DraftKind<DraftKey, Draft, Edits> = {
  name: 'Drafts',
  keyText,
  parse: parseDraft,
  format: (key, draft) => (isEmpty(draft) ? undefined : formatDraft(key, draft)),
  isOver: isEmpty,
  same: isSameDraft,
  join: joinDrafts,
};

export class DraftStore extends StoredDrafts<DraftKey, Draft, Edits> {
  constructor(storage: DraftStorage, runtime: Runtime) {
    super(kind, storage, runtime);
  }

  lost(key: DraftKey): Edits {
    return this.typedOver(key) ?? {};
  }

  discard(key: DraftKey): void {
    const draft = this.get(key);
    if (draft) this.set(key, { ...draft, edits: {}, base: {}, choices: {} });
  }
}
