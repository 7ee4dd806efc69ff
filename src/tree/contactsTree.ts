/**
 * Makes nodes of the session and the stores. The tree asks the stores for visible rows, and keeps nothing but
 * nodes.
 */
import type { ContactRef } from '../api/contacts';
import { type Current, type Disposable, DisposableStore, followCurrent } from '../base/event';
import type { AccountStores } from '../contacts/accountStores';
import type { Drafts, DraftsChange } from '../contacts/drafts/drafts';
import { sortValue } from '../contacts/lists/listOptions';
import { isFieldName } from '../contacts/model/contact';
import { isNamedByNumber, onDidLoadPlans } from '../platform/text/telephones';
import type { Session } from '../session/session';
import { countOf } from './counts';
import { groupsOf } from './groups';
import { NodeChanges } from './nodeChanges';
import {
  type ContactNode,
  type ContactsNode,
  contactNode,
  contactNodeId,
  emptyNode,
  expiredNode,
  failureNode,
  type GroupNode,
  groupNode,
  moreNode,
  type OrganisationNode,
  organisationNode,
  organisationNodeId,
  unreadableNode,
} from './nodes';
import type { OpenNodes } from './openNodes';

export interface TreeSource {
  readonly session: Current<Session> & { ready(): Promise<void> };
  readonly data: Current<AccountStores | undefined>;
  readonly drafts: Pick<Drafts, 'onDidChange'>;
  readonly open: OpenNodes;
}

/**
 * The minimum milliseconds between two redraws of an organisation's rows, while rows arrive and while only
 * the count changes. VS Code loses a click during a redraw, and users click soon after rows appear.
 */
const drawEvery = { arriving: 1_000, counted: 2_000 } as const;

export class ContactsTree implements Disposable {
  readonly #source: TreeSource;
  readonly #changed = new NodeChanges();
  readonly onDidChange = this.#changed.event;
  /** Nodes by ID. VS Code identifies a node by its object, so that a row can be redrawn alone. */
  readonly #nodes = new Map<string, ContactsNode>();
  /** The groups of each organisation, with the IDs of their contacts. */
  readonly #groups = new Map<string, ReadonlyMap<GroupNode, readonly string[]>>();
  /** The IDs of the contacts of each organisation, in groups or not. */
  readonly #shown = new Map<string, readonly string[]>();
  /** The count that each organisation's row shows. */
  readonly #counts = new Map<string, string>();
  readonly #soon = new Map<string, NodeJS.Timeout>();
  readonly #subscriptions = new DisposableStore();

  constructor(source: TreeSource) {
    this.#source = source;
    this.#subscriptions.add(
      source.session.onDidChange(() => this.#changed.fire(undefined)),
      followCurrent(source.data, (data, changes) => {
        this.#follow(data, changes);
        this.#changed.fire(undefined);
      }),
      source.drafts.onDidChange((change) => this.#draftChanged(change)),
      onDidLoadPlans(() => this.#drawNumbers()),
    );
  }

  children(parent: ContactsNode | undefined): Promise<ContactsNode[]> {
    return this.#changed.whileReading(parent, () => this.#read(parent));
  }

  async #read(parent: ContactsNode | undefined): Promise<ContactsNode[]> {
    await this.#source.session.ready();
    const data = this.#source.data.current;
    if (data === undefined) return [];
    if (parent === undefined) return this.#roots(data);
    this.#source.open.asked(parent);
    if (parent.kind === 'organisation') return this.#contacts(data, parent);
    return parent.kind === 'group' ? this.#inGroup(parent) : [];
  }

  parent(node: ContactsNode): ContactsNode | undefined {
    if (node.kind === 'organisation' || node.kind === 'expired') return undefined;
    if (node.kind === 'contact') {
      const { organisationId, contactId } = node.ref;
      for (const [group, ids] of this.#groups.get(organisationId) ?? [])
        if (ids.includes(contactId)) return group;
    }
    const organisationId = node.kind === 'contact' ? node.ref.organisationId : node.organisationId;
    return organisationId === undefined ? undefined : this.#nodes.get(organisationNodeId(organisationId));
  }

  /** Returns the node of a contact, if the filtered and sorted list contains it. */
  async find(ref: ContactRef): Promise<ContactNode | undefined> {
    const data = this.#source.data.current;
    const ids = await data?.arranged.rows(ref.organisationId);
    if (data === undefined || !ids?.includes(ref.contactId)) return undefined;
    // VS Code asks for the node's parent, which may be a group, so the groups must exist.
    await this.#rows(data, ref.organisationId, ids);
    return this.#contact(ref);
  }

  /** The contacts of a row that stands for a part of a list; none for any other row. */
  contactsInGroup(id: string | undefined): readonly ContactRef[] {
    const group = id === undefined ? undefined : this.#nodes.get(id);
    if (group?.kind !== 'group') return [];
    const { organisationId } = group;
    const ids = this.#groups.get(organisationId)?.get(group) ?? [];
    return ids.map((contactId) => ({ organisationId, contactId }));
  }

  /** Returns the contacts of an organisation that are visible, or would be after scrolling. */
  visibleIn(organisationId: string): readonly string[] {
    const groups = this.#groups.get(organisationId);
    if (groups === undefined) return this.#shown.get(organisationId) ?? [];
    return [...groups].flatMap(([group, ids]) => (this.#source.open.isExpanded(group.id) ? ids : []));
  }

  /** Redraws everything; the stores decide which data to request again. */
  refresh(): void {
    this.#changed.fire(undefined);
  }

  refreshOrganisation(organisationId: string): void {
    this.#changed.fire(this.#nodes.get(organisationNodeId(organisationId)));
  }

  dispose(): void {
    for (const timer of this.#soon.values()) clearTimeout(timer);
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }

  /**
   * Redraws the row of a contact whose draft began or ended, and the count of its organisation. Keystrokes
   * within a draft change no row.
   */
  #draftChanged({ key, before, now }: DraftsChange): void {
    if (before === now) return;
    if (key.origin !== this.#source.data.current?.account.origin) return;
    const node = this.#nodes.get(contactNodeId(key));
    if (node) this.#changed.fire(node);
    this.#refreshSoon(key.organisationId, drawEvery.counted);
  }

  /**
   * Redraws rows that a telephone number names, after the numbering plans are loaded: lists do not wait for
   * them.
   */
  #drawNumbers(): void {
    for (const node of this.#nodes.values()) {
      const resource =
        node.kind === 'contact' ? this.#source.data.current?.contacts.summary(node.ref) : undefined;
      if (resource && isNamedByNumber(resource)) this.#changed.fire(node);
    }
  }

  #follow(data: AccountStores | undefined, changes: DisposableStore): void {
    this.#nodes.clear();
    this.#groups.clear();
    this.#shown.clear();
    this.#counts.clear();
    if (data === undefined) return;
    const arranged = data.arranged.onDidArrange((organisationId) => this.refreshOrganisation(organisationId));
    const contacts = data.contacts.onDidChange((change) => {
      // Rows that arrive while a whole list is read are drawn at intervals. They do not change a partly shown
      // list.
      if (change.kind === 'rows') {
        if (data.arranged.needsAll(change.organisationId))
          this.#refreshSoon(change.organisationId, drawEvery.arriving);
        return;
      }
      if (change.kind === 'read') return this.#countAgain(data, change.organisationId);
      const id =
        change.kind === 'list' ? organisationNodeId(change.organisationId) : contactNodeId(change.ref);
      const node = this.#nodes.get(id);
      if (node) this.#changed.fire(node);
    });
    changes.add(arranged, contacts);
  }

  #refreshSoon(organisationId: string, delay: number): void {
    if (this.#soon.has(organisationId)) return;
    const timer = setTimeout(() => {
      this.#soon.delete(organisationId);
      this.refreshOrganisation(organisationId);
    }, delay);
    this.#soon.set(organisationId, timer);
  }

  async #roots(data: AccountStores): Promise<ContactsNode[]> {
    const { organisations, unreadable, load } = await data.organisations.ensure();
    // The account may have changed in the meantime.
    if (data !== this.#source.data.current) return [];
    const rows: ContactsNode[] = organisations.map(({ id }) =>
      this.#keep(organisationNode(id, organisations.length === 1)),
    );
    if (rows.length === 0) return [];
    if (this.#source.session.current.kind === 'expired') rows.unshift(expiredNode);
    else if (load.kind === 'failed') rows.unshift(failureNode(undefined, load.error));
    if (unreadable > 0) rows.push(unreadableNode(undefined, unreadable));
    return rows;
  }

  async #contacts(data: AccountStores, { organisationId }: OrganisationNode): Promise<ContactsNode[]> {
    const { open } = this.#source;
    const ids = await data.arranged.rows(organisationId, open.takeRows(organisationId));
    if (data !== this.#source.data.current) return [];
    const { next, load, loaded, unreadable } = data.contacts.list(organisationId);
    this.#countAgain(data, organisationId);
    const rows = await this.#rows(data, organisationId, ids);
    if (data !== this.#source.data.current) return [];
    open.drewRows(organisationId, ids.length);
    const isComing =
      data.arranged.needsAll(organisationId) && data.wholeLoads.organisationIds.includes(organisationId);
    const failure = load.kind === 'failed' ? failureNode(organisationId, load.error) : undefined;
    const odd = unreadable > 0 ? [unreadableNode(organisationId, unreadable)] : [];
    if (failure && load.kind === 'failed' && load.during === 'read') return [failure, ...rows, ...odd];
    if (loaded && rows.length === 0 && next === undefined) rows.push(emptyNode(organisationId));
    if (failure) rows.push(failure);
    else if (data.arranged.isPartial(organisationId) && !isComing) rows.push(moreNode(organisationId));
    return [...rows, ...odd];
  }

  /**
   * Redraws an organisation's row if its count changed, because that row is drawn before its children are
   * known.
   */
  #countAgain(data: AccountStores, organisationId: string): void {
    const count = countOf(data, organisationId);
    const isNew = this.#counts.get(organisationId) !== count;
    this.#counts.set(organisationId, count);
    if (isNew) this.#refreshSoon(organisationId, drawEvery.counted);
  }

  /** Makes nodes of contacts, or of groups if the list is long. */
  async #rows(data: AccountStores, organisationId: string, ids: readonly string[]): Promise<ContactsNode[]> {
    const { sort } = data.arranged.options(organisationId);
    const isText = sort !== undefined && isFieldName(sort.by) && sort.by !== 'telephone';
    const textOf = (contactId: string) =>
      sortValue(data.contacts.summary({ organisationId, contactId }), sort?.by ?? '');
    const groups = await groupsOf(ids, isText ? textOf : undefined);
    this.#groups.delete(organisationId);
    this.#shown.set(organisationId, ids);
    if (groups === undefined) return ids.map((contactId) => this.#contact({ organisationId, contactId }));
    const own = groups.map((group) => [this.#keep(groupNode(organisationId, group)), group.ids] as const);
    this.#groups.set(organisationId, new Map(own));
    return own.map(([node]) => node);
  }

  #inGroup(group: GroupNode): ContactsNode[] {
    const { organisationId } = group;
    const ids = this.#groups.get(organisationId)?.get(group) ?? [];
    return ids.map((contactId) => this.#contact({ organisationId, contactId }));
  }

  #contact(ref: ContactRef): ContactNode {
    const known = this.#nodes.get(contactNodeId(ref));
    return known?.kind === 'contact' ? known : this.#keep(contactNode(ref));
  }

  /** Reuses the known node if the new one is equal, because VS Code compares objects. */
  #keep<T extends ContactsNode>(node: T): T {
    const known = this.#nodes.get(node.id);
    if (known && JSON.stringify(known) === JSON.stringify(node)) return known as T;
    this.#nodes.set(node.id, node);
    return node;
  }
}
