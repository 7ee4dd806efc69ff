import * as vscode from 'vscode';
import type { AccountData } from '../contacts/accountData';
import { nameLine } from '../contacts/taken';
import type { ContactsNode } from './nodes';

/** What is dropped elsewhere: the name and e-mail address of each contact, one a line. */
export function dragContacts(
  nodes: readonly ContactsNode[],
  dragged: vscode.DataTransfer,
  data: AccountData | undefined,
): void {
  const lines = nodes.flatMap((node) => {
    const resource = node.kind === 'contact' ? data?.contacts.summary(node.ref) : undefined;
    return resource === undefined ? [] : nameLine(resource);
  });
  if (lines.length > 0) dragged.set('text/plain', new vscode.DataTransferItem(lines.join('\n')));
}
