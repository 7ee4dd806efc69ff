import type * as vscode from 'vscode';
import type { ContactsNode } from './nodes';
import { whenDrawn } from './selection';

/**
 * Shows, selects and focuses a row, and opens the rows above it. VS Code ignores the call while it redraws the
 * list, so it is repeated until the row, or another one, is selected.
 */
export async function revealRow(
  view: Pick<vscode.TreeView<ContactsNode>, 'selection' | 'reveal'>,
  node: ContactsNode,
): Promise<void> {
  // VS Code returns a new array each time.
  const selected = () => view.selection.map(({ id }) => id).join('\n');
  const before = selected();
  let failure: unknown;
  const isDone = await whenDrawn(async () => {
    failure = undefined;
    try {
      await view.reveal(node, { select: true, focus: true, expand: true });
    } catch (error) {
      failure = error;
    }
    return selected() !== before || before === node.id || undefined;
  });
  if (!isDone && failure !== undefined) throw failure;
}
