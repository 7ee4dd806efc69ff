import * as vscode from 'vscode';
import type { ContactsNode } from './nodes';
import { whenDrawn } from './selection';

export interface FocusedNodes {
  /** The row with the focus. */
  readonly row: ContactsNode | undefined;
  /** All selected rows if the focused row is one of them; otherwise the focused row alone. */
  readonly rows: readonly ContactsNode[];
}

/**
 * Finds the rows that a key applies to. VS Code's API has the selection but not the focus.
 * `list.toggleSelection` toggles the focused row, so the change of the selection shows that row, and a second
 * call restores the selection. Keys are handled one after another, because a second key would read the
 * toggled selection.
 */
export function focusedNodesOf(
  view: Pick<vscode.TreeView<ContactsNode>, 'selection'>,
  toggle: () => PromiseLike<unknown> = () => vscode.commands.executeCommand('list.toggleSelection'),
): () => Promise<FocusedNodes> {
  let last: Promise<unknown> = Promise.resolve();
  const findFocused = async (): Promise<FocusedNodes | undefined> => {
    const selected = view.selection;
    await toggle();
    const now = view.selection;
    await toggle();
    // VS Code redrew the list meanwhile: the difference may be another row.
    if (!isSame(view.selection, selected)) return undefined;
    const added = now.find((node) => !selected.includes(node));
    if (added !== undefined) return { row: added, rows: [added] };
    const row = selected.find((node) => !now.includes(node));
    return row && { row, rows: selected };
  };
  return () => {
    const next = last.then(
      async () => (await whenDrawn(findFocused)) ?? { row: undefined, rows: view.selection },
    );
    last = next.catch(() => undefined);
    return next;
  };
}

const isSame = (some: readonly ContactsNode[], others: readonly ContactsNode[]) =>
  some.length === others.length && some.every((node) => others.includes(node));
