/** Makes the view of related records from the contact's document, later reads, and drafts. */

import {
  type Identifier,
  identityOf,
  modifiedAt,
  type Resource,
  type ResourceDocument,
} from '../../api/http/document';
import { clip, shortId, toLine } from '../../base/text';
import type { AccountStores } from '../../contacts/accountStores';
import { isTyped, newInteractionId } from '../../contacts/drafts/interactionDraft';
import type { InteractionDraftStore } from '../../contacts/drafts/interactionDraftStore';
import {
  linked,
  nameOf,
  type Related,
  type RelationshipView,
  relationshipsOf,
} from '../../contacts/model/related';
import { isReadable, type ReadableName } from '../../contacts/related/relatedStore';
import { shownName } from '../../platform/text/telephones';
import { type ContactKey, keyText } from '../../protocol/contactKey';
import type { FoldState, InteractionFormState } from '../../protocol/related';
import type { LeftState, RelatedState, RelationshipState } from '../../protocol/state';
import {
  type InteractionFormSource,
  interactionDone,
  interactionFormState,
  typedLines,
} from './interactionFormState';
import { relatedProblem, relationshipState, whyNotRead } from './recordState';
import { addLabel, linkedWords, linkProblem } from './relatedWords';

export interface RelatedSource {
  readonly data: AccountStores;
  readonly document: ResourceDocument;
  readonly identity: ContactKey;
  readonly interactionDrafts: InteractionDraftStore;
  /** Returns the number of visible items of a relationship. */
  shown(name: string): number;
  /** The expanded accounts. */
  readonly unfolded: ReadonlySet<string>;
}

/** The maximum number of other contacts of one account. */
const maxOthers = 50;

export function viewsOf(source: RelatedSource): readonly RelationshipView[] {
  const { data, document, identity, shown } = source;
  const typed = new Set(draftsOf(source).map(({ key }) => key.interactionId));
  const resource = withLinks(document.resource, data.related.logged(identity));
  return relationshipsOf(resource, includedOf(source), {
    shown: (name) => shown(clip(name, 200)),
    always: (id) => typed.has(id),
  });
}

/** The accounts that an interaction may be about: an id, and how a person knows it. */
export type KnownAccounts = InteractionFormSource['accounts'];

export interface RelatedStates {
  readonly relationships: readonly RelationshipState[];
  /** Empty if there is no draft of an interaction, which could be about one. */
  readonly accounts: KnownAccounts;
}

export function relatedStates(source: RelatedSource): RelatedStates {
  const views = viewsOf(source);
  const states = views.map(relationshipState);
  const all = includedOf(source);
  const drafts = draftsOf(source);
  const accounts = drafts.length === 0 ? [] : accountsOf(source);
  const forms = new Map(
    drafts.map(({ key: { interactionId } }) => [interactionId, formOf(source, interactionId, accounts)]),
  );
  const relationships = states.map((state, index) => {
    const { name } = state;
    if (!isReadable(name)) return state;
    const known = views[index]?.items ?? [];
    const items = state.items.map((item, at) => toItem(source, all, name, item, known[at], forms));
    const around = { ...state, items, ...aroundOf(source, name, items) };
    if (name !== 'interactions') return around;
    const form = forms.get(newInteractionId);
    return { ...around, ...(form ? { form } : {}), left: leftOf(source, items) };
  });
  return { relationships, accounts };
}

/** @returns undefined if there is no draft */
export function formOf(
  { data, identity, interactionDrafts }: RelatedSource,
  interactionId: string,
  accounts: KnownAccounts,
): InteractionFormState | undefined {
  const key = { ...identity, interactionId };
  const draft = interactionDrafts.get(key);
  if (draft === undefined) return undefined;
  const work = data.interactionSaves.state(identity, interactionId);
  const lost = interactionDrafts.lost(key);
  const unstored = interactionDrafts.failing;
  return interactionFormState({ interactionId, draft, work, accounts, lost, unstored });
}

/** Replaces the form of the same interaction. @returns undefined if there is none */
export function withForm(
  relationships: readonly RelationshipState[],
  form: InteractionFormState,
): readonly RelationshipState[] | undefined {
  let isFound = false;
  const take = <T extends { readonly form?: InteractionFormState }>(place: T): T => {
    if (place.form?.interactionId !== form.interactionId) return place;
    isFound = true;
    return { ...place, form };
  };
  const made = relationships.map((one) =>
    one.name === 'interactions' ? take({ ...one, items: one.items.map(take) }) : one,
  );
  return isFound ? made : undefined;
}

/** True for a record to read by ID; an account gets its label only then. An interaction consists of its attributes. */
export const isMissing = (name: ReadableName, { resource, label }: Related) =>
  name === 'accounts' ? label.length === 0 : resource?.attributes === undefined;

/** Returns the interaction drafts of this contact. */
const draftsOf = ({ interactionDrafts, identity }: RelatedSource) =>
  interactionDrafts.all().filter(({ key }) => keyText(key) === keyText(identity));

/** Returns drafts of interactions that were deleted or unlinked and therefore have no row. */
const leftOf = (source: RelatedSource, items: readonly RelatedState[]): readonly LeftState[] =>
  draftsOf(source)
    .filter(
      ({ key: { interactionId }, draft }) =>
        interactionId !== newInteractionId && isTyped(draft) && !items.some(({ id }) => id === interactionId),
    )
    .map(({ key: { interactionId }, draft }) => ({ interactionId, lines: typedLines(draft) }));

/** Returns all accounts that an interaction can refer to, including hidden ones. */
function accountsOf(source: RelatedSource): KnownAccounts {
  const shown = (name: string) => (name === 'accounts' ? Number.POSITIVE_INFINITY : 0);
  const view = viewsOf({ ...source, shown }).find(({ name }) => name === 'accounts');
  return (view ? relationshipState(view).items : []).map(({ id, label }) => ({
    id,
    label: label.map((part) => (typeof part === 'string' ? part : part.time)).join(''),
  }));
}

/** Prefers a record that was read by ID to one that came with the contact, unless the latter is newer. */
function includedOf({ data, document, identity }: RelatedSource): readonly Resource[] {
  const all = new Map(document.included.map((one) => [identityOf(one), one]));
  for (const one of data.related.known(identity.organisationId)) {
    const other = all.get(identityOf(one));
    if (other === undefined || (modifiedAt(one) || 0) >= (modifiedAt(other) || 0))
      all.set(identityOf(one), one);
  }
  return [...all.values()];
}

function toItem(
  { data, identity, unfolded }: RelatedSource,
  all: readonly Resource[],
  name: ReadableName,
  item: RelatedState,
  known: Related | undefined,
  forms: ReadonlyMap<string, InteractionFormState | undefined>,
): RelatedState {
  const load = data.related.load(identity.organisationId, name, item.id);
  const detail = whyNotRead(load) ?? item.detail;
  const unread = load === undefined || load.kind === 'loading';
  const pending = known !== undefined && isMissing(name, known) && unread;
  const more = { ...(detail === undefined ? {} : { detail }), ...(pending ? { pending } : {}) };
  if (name === 'accounts') {
    const fold = unfolded.has(item.id) ? othersOf(item, all, identity, data) : folded;
    return { ...item, ...more, fold };
  }
  const form = forms.get(item.id);
  const outcome = interactionDone(item.id, data.interactionSaves.state(identity, item.id));
  return {
    ...item,
    ...more,
    ...(known?.resource?.attributes ? { editable: true } : {}),
    ...(form ? { form } : {}),
    ...(outcome === undefined ? {} : { outcome }),
  };
}

const folded: FoldState = { unfolded: false, contacts: [], more: 0 };

function othersOf(
  { id, type }: RelatedState,
  all: readonly Resource[],
  { organisationId, contactId }: ContactKey,
  { contacts }: AccountStores,
): FoldState {
  const account = all.find((one) => one.id === id && clip(one.type, 600) === type);
  const others = (account && linked(account, 'contacts'))?.filter((one) => one.id !== contactId) ?? [];
  const shown = others.slice(0, maxOthers).map((other) => {
    const known = all.find((one) => identityOf(one) === identityOf(other));
    const summary = contacts.summary({ organisationId, contactId: other.id });
    const name = known ? nameOf(known.attributes ?? {}) : summary && shownName(summary);
    return { id: other.id, label: toLine(name ?? '') || shortId(other.id) };
  });
  return { unfolded: true, contacts: shown, more: others.length - shown.length };
}

/** Returns the parts of the state that concern the whole relationship. */
function aroundOf(
  { data, identity }: RelatedSource,
  name: ReadableName,
  items: readonly RelatedState[],
): Partial<RelationshipState> {
  const problem = relatedProblem(items.map(({ id }) => data.related.load(identity.organisationId, name, id)));
  const link = name === 'accounts' ? data.accountLinks.state(identity) : undefined;
  const failed = link && linkProblem(link);
  const outcome = link ? linkedWords(link.kind) : undefined;
  const logged =
    name === 'interactions'
      ? interactionDone(newInteractionId, data.interactionSaves.state(identity, newInteractionId))
      : undefined;
  return {
    add: addLabel(name),
    ...(problem === undefined ? {} : { problem }),
    ...(failed ? { added: { problem: failed, look: link.kind !== 'failed' } } : {}),
    ...((outcome ?? logged) === undefined ? {} : { outcome: outcome ?? logged ?? '' }),
  };
}

/** Adds interactions that were logged here and that the API does not list yet. */
function withLinks(resource: Resource, logged: readonly Identifier[]): Resource {
  const there = linked(resource, 'interactions');
  // Without the API's list, the logged interactions would look like a complete one.
  if (there === undefined) return resource;
  const missing = logged.filter(({ id }) => !there.some((link) => link.id === id));
  if (missing.length === 0) return resource;
  const interactions = { data: [...missing, ...there] };
  return { ...resource, relationships: { ...resource.relationships, interactions } };
}
