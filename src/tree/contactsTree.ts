/** Session and stores → nodes. It asks the stores for what is looked at, and keeps nothing but the nodes. */
import type { ContactRef } from '../api/contacts';
import { type Disposable, Emitter, type Event } from '../base/event';
import type { AccountData } from '../contacts/accountData';
import { type Draft, type DraftKey, isEmpty, keyText } from '../contacts/draft';
import type { Session } from '../session/session';
import {
  type ContactNode,
  type ContactsNode,
  contactNode,
  contactNodeId,
  emptyNode,
  expiredNode,
  failureNode,
  moreNode,
  type OrganisationNode,
  organisationNode,
  organisationNodeId,
} from './nodes';

export interface TreeSource {
  readonly session: {
    readonly current: Session;
    readonly onDidChange: Event<Session>;
    ready(): Promise<void>;
  };
  readonly data: {
    readonly current: AccountData | undefined;
    readonly onDidChange: Event<AccountData | undefined>;
  };
  readonly drafts: { get(key: DraftKey): Draft | undefined; readonly onDidChange: Event<DraftKey> };
}

export class ContactsTree implements Disposable {
  readonly #source: TreeSource;
  readonly #changed = new Emitter<ContactsNode | undefined>();
  /** A node whose row or children changed; undefined for all of them. */
  readonly onDidChange = this.#changed.event;
  /** By id, so that one row can be drawn again: VS Code knows a node by identity. */
  readonly #nodes = new Map<string, ContactsNode>();
  readonly #marked = new Set<string>();
  readonly #subscriptions: Disposable[];
  #contactChanges: Disposable | undefined;

  constructor(source: TreeSource) {
    this.#source = source;
    this.#subscriptions = [
      source.session.onDidChange(() => this.#changed.fire(undefined)),
      source.data.onDidChange((data) => {
        this.#follow(data);
        this.#changed.fire(undefined);
      }),
    ];
    this.#subscriptions.push(source.drafts.onDidChange((key) => this.#draftChanged(key)));
    this.#follow(source.data.current);
  }

  async children(parent: ContactsNode | undefined): Promise<ContactsNode[]> {
    await this.#source.session.ready();
    const data = this.#source.data.current;
    if (data === undefined) return [];
    if (parent === undefined) return this.#roots(data);
    return parent.kind === 'organisation' ? this.#contacts(data, parent) : [];
  }

  parent(node: ContactsNode): ContactsNode | undefined {
    const organisationId =
      node.kind === 'contact'
        ? node.ref.organisationId
        : node.kind === 'organisation' || node.kind === 'expired'
          ? undefined
          : node.organisationId;
    return organisationId === undefined ? undefined : this.#nodes.get(organisationNodeId(organisationId));
  }

  /** Draws everything again; the stores decide what is asked for anew. */
  refresh(): void {
    this.#changed.fire(undefined);
  }

  refreshOrganisation(organisationId: string): void {
    this.#changed.fire(this.#nodes.get(organisationNodeId(organisationId)));
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#contactChanges?.dispose();
    this.#changed.dispose();
  }

  /** The row of a contact whose draft began or ended, and its organisation, which counts; not each keystroke. */
  #draftChanged(key: DraftKey): void {
    const marked = !isEmpty(this.#source.drafts.get(key));
    if (marked === this.#marked.has(keyText(key))) return;
    if (marked) this.#marked.add(keyText(key));
    else this.#marked.delete(keyText(key));
    const { origin, organisationId, contactId } = key;
    if (origin !== this.#source.data.current?.account.origin) return;
    for (const id of [contactNodeId({ organisationId, contactId }), organisationNodeId(organisationId)]) {
      const node = this.#nodes.get(id);
      if (node) this.#changed.fire(node);
    }
  }

  #follow(data: AccountData | undefined): void {
    this.#contactChanges?.dispose();
    this.#nodes.clear();
    this.#contactChanges = data?.contacts.onDidChange((change) => {
      const id =
        change.kind === 'list' ? organisationNodeId(change.organisationId) : contactNodeId(change.ref);
      const node = this.#nodes.get(id);
      if (node) this.#changed.fire(node);
    });
  }

  async #roots(data: AccountData): Promise<ContactsNode[]> {
    const { organisations, load } = await data.organisations.ensure();
    // The account may have gone while we waited.
    if (data !== this.#source.data.current) return [];
    const rows: ContactsNode[] = organisations.map(({ id }) =>
      this.#keep(organisationNode(id, organisations.length === 1)),
    );
    if (rows.length === 0) return [];
    if (this.#source.session.current.kind === 'expired') rows.unshift(expiredNode);
    else if (load.kind === 'failed') rows.unshift(failureNode(undefined, load.error));
    return rows;
  }

  async #contacts(data: AccountData, { organisationId }: OrganisationNode): Promise<ContactsNode[]> {
    const { ids, next, load, loaded } = await data.contacts.ensureList(organisationId);
    if (data !== this.#source.data.current) return [];
    const rows: ContactsNode[] = ids.map((contactId) => this.#contact({ organisationId, contactId }));
    const failure = load.kind === 'failed' ? failureNode(organisationId, load.error) : undefined;
    if (failure && load.kind === 'failed' && load.during === 'read') return [failure, ...rows];
    if (loaded && rows.length === 0 && next === undefined) rows.push(emptyNode(organisationId));
    if (failure) rows.push(failure);
    else if (loaded && next !== undefined) rows.push(moreNode(organisationId));
    return rows;
  }

  #contact(ref: ContactRef): ContactNode {
    const known = this.#nodes.get(contactNodeId(ref));
    return known?.kind === 'contact' ? known : this.#keep(contactNode(ref));
  }

  /** A node that looks as before stays the same object. */
  #keep<T extends ContactsNode>(node: T): T {
    const known = this.#nodes.get(node.id);
    if (known && JSON.stringify(known) === JSON.stringify(node)) return known as T;
    this.#nodes.set(node.id, node);
    return node;
  }
}
