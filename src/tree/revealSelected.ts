import type * as vscode from 'vscode';
import { yieldToEventLoop } from '../base/abort';
import type { ContactsNode } from './nodes';
import type { OpenNodes } from './openNodes';
import { whenDrawn } from './selection';

/**
 * Selects the contact that was selected before a reload, once it is among the children that VS Code reads. VS
 * Code can reveal rows only after it has drawn them, and ignores earlier calls.
 */
export function revealSelected(
  view: Pick<vscode.TreeView<ContactsNode>, 'visible' | 'reveal'>,
  open: Pick<OpenNodes, 'isToSelect'>,
): (children: readonly ContactsNode[]) => Promise<void> {
  let isRevealing = false;
  return async (children) => {
    const node = children.find((child) => open.isToSelect(child));
    if (node === undefined || isRevealing) return;
    isRevealing = true;
    // VS Code gets the children first.
    await yieldToEventLoop();
    await whenDrawn(async () => {
      if (!open.isToSelect(node)) return true;
      if (view.visible) await view.reveal(node, { focus: false });
      return undefined;
    }).catch(() => undefined);
    isRevealing = false;
  };
}
