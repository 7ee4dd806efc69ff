/** What of the tree is open and selected: it survives a reload of the window, and says what is looked at. */
import { type Disposable, DisposableStore } from '../base/event';
import type { ContactsNode } from './nodes';

interface OpenState {
  /** By node id; a node that is not in it is as it is drawn. */
  readonly expanded: Readonly<Record<string, boolean>>;
  /** A contact's node id. */
  readonly selected?: string | undefined;
  /** How many rows were loaded, by organisation. */
  readonly rows: Readonly<Record<string, number>>;
}

export interface OpenMemory {
  get(): OpenState;
  set(state: OpenState): void;
}

/** The part of VS Code's TreeView that tells of it. */
interface View {
  onDidExpandElement(listener: (event: { readonly element: ContactsNode }) => void): Disposable;
  onDidCollapseElement(listener: (event: { readonly element: ContactsNode }) => void): Disposable;
  onDidChangeSelection(
    listener: (event: { readonly selection: readonly ContactsNode[] }) => void,
  ): Disposable;
}

/** Nodes that are remembered; somebody who opens more than that begins to forget. */
const most = 200;
/** Rows that are read again after a reload. */
const mostRows = 1_000;

export class OpenNodes implements Disposable {
  readonly #memory: OpenMemory;
  readonly #subscriptions = new DisposableStore();
  readonly #expanded: Map<string, boolean>;
  readonly #rows = new Map<string, number>();
  readonly #rowsBefore: Map<string, number>;
  #selected: string | undefined;
  /** The contact that was selected before a reload, until it is shown or another one is selected. */
  #toShow: string | undefined;

  constructor(view: View, memory: OpenMemory) {
    this.#memory = memory;
    const { expanded, selected, rows } = memory.get();
    this.#expanded = new Map(Object.entries(expanded));
    this.#rowsBefore = new Map(Object.entries(rows));
    this.#selected = selected;
    this.#toShow = selected;
    this.#subscriptions.add(
      view.onDidExpandElement(({ element }) => this.#set(element.id, true)),
      view.onDidCollapseElement(({ element }) => this.#set(element.id, false)),
      view.onDidChangeSelection(({ selection: [node] }) => {
        if (node?.kind !== 'contact') return;
        this.#selected = node.id;
        this.#toShow = undefined;
        this.#keep();
      }),
    );
  }

  /** Its children were asked for: it is open, also if VS Code forgot to say so while it drew the list anew. */
  asked({ id }: ContactsNode): void {
    if (this.#expanded.get(id) !== true) this.#set(id, true);
  }

  isExpanded(nodeId: string): boolean | undefined {
    return this.#expanded.get(nodeId);
  }

  /** How many rows of an organisation were shown before a reload: they are wanted at once, the first time. */
  takeRows(organisationId: string): number {
    const rows = this.#rowsBefore.get(organisationId) ?? 1;
    this.#rowsBefore.delete(organisationId);
    // An empty list is read, too: there may be some by now.
    return Math.max(1, Math.min(mostRows, rows));
  }

  drewRows(organisationId: string, count: number): void {
    if (this.#rows.get(organisationId) === count) return;
    this.#rows.set(organisationId, count);
    this.#keep();
  }

  /** The node that is to be shown again, if it is among these; once. */
  takeSelected(nodes: readonly ContactsNode[]): ContactsNode | undefined {
    const node = nodes.find(({ id }) => id === this.#toShow);
    if (node) this.#toShow = undefined;
    return node;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #set(nodeId: string, expanded: boolean): void {
    this.#expanded.delete(nodeId);
    this.#expanded.set(nodeId, expanded);
    const [oldest] = this.#expanded.keys();
    if (this.#expanded.size > most && oldest !== undefined) this.#expanded.delete(oldest);
    this.#keep();
  }

  #keep(): void {
    this.#memory.set({
      expanded: Object.fromEntries(this.#expanded),
      selected: this.#selected,
      rows: Object.fromEntries([...this.#rowsBefore, ...this.#rows]),
    });
  }
}
