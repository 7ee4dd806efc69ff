/**
 * The drafts of all accounts' contacts. The drafts of two windows that edit one contact are joined field by
 * field.
 */

import type { ContactRef } from '../../api/contacts';
import type { Runtime } from '../../base/runtime';
import { type ContactKey, keyAt, keyText } from '../../protocol/contactKey';
import { fieldNames } from '../model/contact';
import type { Edits } from '../model/update';
import { type Draft, isEmpty, type OtherText } from './draft';
import { isSameDraft, joinDrafts, othersBeside, withOther } from './draftJoin';
import type { DraftKind } from './draftKind';
import { formatDraft, parseDraft } from './draftRecord';
import type { DraftStorage } from './draftStorage';
import { StoredDrafts } from './storedDrafts';

/** Texts of other windows count, too, because a user typed them. */
const isOver = (draft: Draft) => isEmpty(draft) && !draft.others?.length;

const kind: DraftKind<ContactKey, Draft> = {
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

export class DraftStore extends StoredDrafts<ContactKey, Draft> {
  constructor(storage: DraftStorage, runtime: Runtime) {
    super(kind, storage, runtime);
  }

  /** Stores a draft. If it does not mention other windows' texts or saved fields, the previous ones stay. */
  override set(key: ContactKey, draft: Draft, isLate = false): void {
    const before = this.get(key);
    const others = othersBeside(draft, draft.others ?? before?.others ?? []);
    const saved = (draft.saved ?? before?.saved ?? []).filter((field) => draft.edits[field] === undefined);
    super.set(key, { ...draft, others, saved }, isLate);
  }

  /** Returns the unsaved values of a contact of the API at `origin`, by field. */
  editsOf(origin: string, ref: ContactRef): Edits {
    return this.get(keyAt(origin, ref))?.edits ?? {};
  }

  /** Returns the contacts of the API at `origin` that have unsaved values. */
  edited(origin: string): readonly { readonly key: ContactKey; readonly draft: Draft }[] {
    return this.all().filter(({ key, draft }) => key.origin === origin && !isEmpty(draft));
  }

  /** Returns the texts of other windows that this one replaced. */
  lost(key: ContactKey): readonly OtherText[] {
    return this.get(key)?.others ?? [];
  }

  /** Keeps a text next to its field. */
  keepAside(key: ContactKey, other: OtherText): void {
    const draft = this.get(key);
    if (draft) this.set(key, { ...draft, others: withOther(draft.others ?? [], other) });
  }

  /** Drops a text of another window about which the user has decided. */
  dropAside(key: ContactKey, { field, text }: OtherText): void {
    const draft = this.get(key);
    const isIt = (one: OtherText) => one.field === field && one.text === text;
    if (draft) this.set(key, { ...draft, others: (draft.others ?? []).filter((one) => !isIt(one)) });
  }

  /** Removes the edits. The texts of other windows stay. */
  revert(key: ContactKey): void {
    const draft = this.get(key);
    if (draft) this.set(key, { ...draft, edits: {}, base: {}, choices: {} });
  }

  /** Removes the edits and the texts of other windows. */
  discard(key: ContactKey): void {
    const draft = this.get(key);
    if (draft) this.set(key, { ...draft, edits: {}, base: {}, choices: {}, saved: [], others: [] });
  }
}
