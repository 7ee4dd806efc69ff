import * as vscode from 'vscode';
import type { ContactsNode } from './nodes';

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
): () => Promise<FocusedNodes> {
  let last: Promise<unknown> = Promise.resolve();
  const look = async (): Promise<FocusedNodes> => {
    const selected = view.selection;
    await vscode.commands.executeCommand('list.toggleSelection');
    const now = view.selection;
    await vscode.commands.executeCommand('list.toggleSelection');
    const added = now.find((node) => !selected.includes(node));
    if (added !== undefined) return { row: added, rows: [added] };
    return { row: selected.find((node) => !now.includes(node)), rows: selected };
  };
  return () => {
    const next = last.then(look);
    last = next.catch(() => undefined);
    return next;
  };
}
