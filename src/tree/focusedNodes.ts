import * as vscode from 'vscode';
import type { ContactsNode } from './nodes';

export interface FocusedNodes {
  /** The row with the focus. */
  readonly row: ContactsNode | undefined;
  /** All selected rows where it is one of them, else it alone. */
  readonly rows: readonly ContactsNode[];
}

/**
 * The rows that a key is meant for. VS Code tells an extension what is selected, and not what has the focus;
 * but a toggle of the selection is a toggle of the row with the focus, and a second one takes it back.
 * One key after the other: a second one would meet what the first one toggled.
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
