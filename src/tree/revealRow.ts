import type * as vscode from 'vscode';
import { type ContactsNode, organisationNode } from './nodes';
import type { OpenNodes } from './openNodes';
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

/** Scrolls to an organisation and expands it. The focus and the selection stay. */
export async function expandOrganisation(
  view: Pick<vscode.TreeView<ContactsNode>, 'reveal'>,
  open: Pick<OpenNodes, 'isExpanded'>,
  organisationId: string,
): Promise<void> {
  const node = organisationNode(organisationId, false);
  await whenDrawn(async () => {
    try {
      await view.reveal(node, { select: false, focus: false, expand: true });
    } catch {
      // VS Code is redrawing the list.
      return undefined;
    }
    return open.isExpanded(node.id) || undefined;
  });
}
