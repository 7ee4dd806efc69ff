import * as vscode from 'vscode';
import type { ContactsNode } from './nodes';

/**
 * The rows that a key is meant for. VS Code tells an extension what is selected, and not what has the focus;
 * but a toggle of the selection is a toggle of the row with the focus, and a second one takes it back.
 */
export async function focusedNodes(
  view: Pick<vscode.TreeView<ContactsNode>, 'selection'>,
): Promise<readonly ContactsNode[]> {
  const selected = view.selection;
  await vscode.commands.executeCommand('list.toggleSelection');
  const added = view.selection.filter((node) => !selected.includes(node));
  await vscode.commands.executeCommand('list.toggleSelection');
  return added.length > 0 ? added : selected;
}
