/** Refreshes the visible lists, and those that would be visible after scrolling. */
import type { AccountStores } from '../contacts/accountStores';
import type { ContactsTree } from './contactsTree';
import { organisationNodeId } from './nodes';
import type { OpenNodes } from './openNodes';

export class TreeRefresh {
  readonly #data: { readonly current: AccountStores | undefined };
  readonly #tree: ContactsTree;
  readonly #open: OpenNodes;

  constructor(data: { readonly current: AccountStores | undefined }, tree: ContactsTree, open: OpenNodes) {
    this.#data = data;
    this.#tree = tree;
    this.#open = open;
  }

  /** Returns the expanded organisations. */
  organisationIds(): readonly string[] {
    const { organisations = [] } = this.#data.current?.organisations.list ?? {};
    const only = organisations.length === 1;
    return organisations
      .map(({ id }) => id)
      .filter((id) => this.#open.isExpanded(organisationNodeId(id)) ?? only);
  }

  /**
   * Returns the time of the oldest visible read in milliseconds since 1970, or undefined before the first
   * read.
   */
  readAt(): number | undefined {
    const { current } = this.#data;
    if (!current?.organisations.list.loaded) return undefined;
    const lists = this.organisationIds().map((id) => current.contacts.list(id));
    const times = lists.filter(({ loaded }) => loaded).map(({ readAt }) => readAt);
    return Math.min(current.organisations.list.readAt, ...times);
  }

  /** Reads the visible lists again; their rows stay until the responses arrive. */
  readAgain(): void {
    this.#data.current?.organisations.invalidate();
    this.#data.current?.contacts.invalidate(undefined, (id) => this.#tree.visibleIn(id));
    this.#tree.refresh();
  }

  /** Repeats failed reads: of the organisations, of a list, or of the rest of a list. */
  tryAgain(): void {
    const { current } = this.#data;
    if (current?.organisations.list.load.kind === 'failed') current.organisations.invalidate();
    for (const id of this.organisationIds()) this.#tryList(id);
    this.#tree.refresh();
  }

  /** Repeats the failed read of one organisation's list or of the rest of it. */
  tryListAgain(organisationId: string): void {
    this.#tryList(organisationId);
    this.#tree.refreshOrganisation(organisationId);
  }

  #tryList(organisationId: string): void {
    const { current } = this.#data;
    const load = current?.contacts.list(organisationId).load;
    if (current === undefined || load?.kind !== 'failed') return;
    const { contacts, arranged, wholeLoads } = current;
    if (load.during === 'read') contacts.invalidate(organisationId, (id) => this.#tree.visibleIn(id));
    // If the list is complete, only reading all of it again can have failed.
    else if (arranged.needsAll(organisationId) || contacts.list(organisationId).complete)
      void wholeLoads.load([organisationId], undefined, true);
    else void contacts.loadMore(organisationId);
  }
}
