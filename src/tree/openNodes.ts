/**
 * Tracks expanded and selected nodes, keeps them over a reload of the window, and determines the visible
 * lists.
 */
import { type Disposable, DisposableStore } from '../base/event';
import type { ContactsNode } from './nodes';

interface OpenState {
  /** By node ID; other nodes have their default state. */
  readonly expanded: Readonly<Record<string, boolean>>;
  /** The node ID of a contact. */
  readonly selected?: string | undefined;
  /** The number of loaded rows by organisation. */
  readonly rows: Readonly<Record<string, number>>;
}

export interface OpenMemory {
  get(): OpenState;
  set(state: OpenState): void;
}

/** The events of VS Code's TreeView that are followed. */
interface View {
  onDidExpandElement(listener: (event: { readonly element: ContactsNode }) => void): Disposable;
  onDidCollapseElement(listener: (event: { readonly element: ContactsNode }) => void): Disposable;
  onDidChangeSelection(
    listener: (event: { readonly selection: readonly ContactsNode[] }) => void,
  ): Disposable;
}

/** The maximum number of stored nodes; the oldest are dropped first. */
const maxExpanded = 200;
/** The maximum number of rows to read after a reload. */
const maxRows = 1_000;

export class OpenNodes implements Disposable {
  readonly #memory: OpenMemory;
  readonly #subscriptions = new DisposableStore();
  readonly #expanded: Map<string, boolean>;
  readonly #rows = new Map<string, number>();
  readonly #rowsBefore: Map<string, number>;
  #selected: string | undefined;
  /** The contact that was selected before a reload, until it is selected, or another one is. */
  #toSelect: string | undefined;

  constructor(view: View, memory: OpenMemory) {
    this.#memory = memory;
    const { expanded, selected, rows } = memory.get();
    this.#expanded = new Map(Object.entries(expanded));
    this.#rowsBefore = new Map(Object.entries(rows));
    this.#selected = selected;
    this.#toSelect = selected;
    this.#subscriptions.add(
      view.onDidExpandElement(({ element }) => this.#set(element.id, true)),
      view.onDidCollapseElement(({ element }) => this.#set(element.id, false)),
      view.onDidChangeSelection(({ selection: [node] }) => {
        if (node?.kind !== 'contact') return;
        this.#selected = node.id;
        this.#toSelect = undefined;
        this.#keep();
      }),
    );
  }

  /**
   * Notes that a node is expanded. VS Code asks for children only then, but fires no event while it redraws
   * the list.
   */
  asked({ id }: ContactsNode): void {
    if (this.#expanded.get(id) !== true) this.#set(id, true);
  }

  isExpanded(nodeId: string): boolean | undefined {
    return this.#expanded.get(nodeId);
  }

  /** Returns the number of rows that an organisation showed before a reload, once. */
  takeRows(organisationId: string): number {
    const rows = this.#rowsBefore.get(organisationId) ?? 1;
    this.#rowsBefore.delete(organisationId);
    // An empty list is read, too, because it may have rows now.
    return Math.max(1, Math.min(maxRows, rows));
  }

  drewRows(organisationId: string, count: number): void {
    if (this.#rows.get(organisationId) === count) return;
    this.#rows.set(organisationId, count);
    this.#keep();
  }

  /** Returns true for the contact that was selected before a reload, until a contact is selected. */
  isToSelect({ id }: ContactsNode): boolean {
    return id === this.#toSelect;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #set(nodeId: string, expanded: boolean): void {
    this.#expanded.delete(nodeId);
    this.#expanded.set(nodeId, expanded);
    const [oldest] = this.#expanded.keys();
    if (this.#expanded.size > maxExpanded && oldest !== undefined) this.#expanded.delete(oldest);
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
