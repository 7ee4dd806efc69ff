/** The drafts of contacts, of all accounts: two windows that type into one contact are joined field by field. */
import type { Runtime } from '../../base/runtime';
import { fieldNames } from '../model/contact';
import { type Draft, type DraftKey, isEmpty, keyText, type OtherText } from './draft';
import { isSameDraft, joinDrafts, othersBeside, withOther } from './draftJoin';
import type { DraftKind } from './draftKind';
import { formatDraft, parseDraft } from './draftRecord';
import type { DraftStorage } from './draftStorage';
import { StoredDrafts } from './storedDrafts';

/** Also the texts of another window are a person's. */
const isOver = (draft: Draft) => isEmpty(draft) && !draft.others?.length;

const kind: DraftKind<DraftKey, Draft> = {
  name: 'Drafts',
  keyText,
  parse: parseDraft,
  format: (key, draft) => (isOver(draft) ? undefined : formatDraft(key, draft)),
  note: ({ saved = [] }) => saved.join(' '),
  ended: (note) => ({
    edits: {},
    base: {},
    since: '',
    title: '',
    organisation: '',
    saved: fieldNames.filter((field) => note.split(' ').includes(field)),
  }),
  isOver,
  same: isSameDraft,
  join: joinDrafts,
};

export class DraftStore extends StoredDrafts<DraftKey, Draft> {
  constructor(storage: DraftStorage, runtime: Runtime) {
    super(kind, storage, runtime);
  }

  /** What a draft does not say of other windows' texts, and of what was saved, stays as it was. */
  override set(key: DraftKey, draft: Draft): void {
    const before = this.get(key);
    const others = othersBeside(draft, draft.others ?? before?.others ?? []);
    const saved = (draft.saved ?? before?.saved ?? []).filter((field) => draft.edits[field] === undefined);
    super.set(key, { ...draft, others, saved });
  }

  /** Texts that another window had and this one typed over, whole. */
  lost(key: DraftKey): readonly OtherText[] {
    return this.get(key)?.others ?? [];
  }

  /** Keeps a text beside the field. */
  keepAside(key: DraftKey, other: OtherText): void {
    const draft = this.get(key);
    if (draft) this.set(key, { ...draft, others: withOther(draft.others ?? [], other) });
  }

  /** A person is done with the text of another window. */
  dropAside(key: DraftKey, { field, text }: OtherText): void {
    const draft = this.get(key);
    const isIt = (one: OtherText) => one.field === field && one.text === text;
    if (draft) this.set(key, { ...draft, others: (draft.others ?? []).filter((one) => !isIt(one)) });
  }

  /** What was typed into the fields goes. The texts of other windows stay. */
  revert(key: DraftKey): void {
    const draft = this.get(key);
    if (draft) this.set(key, { ...draft, edits: {}, base: {}, choices: {} });
  }

  /** All of it goes. */
  discard(key: DraftKey): void {
    const draft = this.get(key);
    if (draft) this.set(key, { ...draft, edits: {}, base: {}, choices: {}, saved: [], others: [] });
  }
}
