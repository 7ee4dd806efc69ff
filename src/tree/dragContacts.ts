/** Rows that are dragged elsewhere: the name and e-mail address of each contact, one a line. */
import * as vscode from 'vscode';
import type { AccountStores } from '../contacts/accountStores';
import { nameLine } from '../contacts/model/contactText';
import { draggedContacts } from '../manifest';
import type { ContactsNode } from './nodes';

export function dragContacts(
  nodes: readonly ContactsNode[],
  dragged: vscode.DataTransfer,
  data: AccountStores | undefined,
): void {
  const lines = nodes.flatMap((node) => {
    const resource = node.kind === 'contact' ? data?.contacts.summary(node.ref) : undefined;
    return resource === undefined ? [] : nameLine(resource);
  });
  if (lines.length === 0) return;
  // An editor would rather take the address that stands for an unsaved row's mark than plain text.
  for (const type of ['text/plain', draggedContacts])
    dragged.set(type, new vscode.DataTransferItem(lines.join('\n')));
}

/** Puts them into the text of any editor. */
export const dropContacts = () =>
  vscode.languages.registerDocumentDropEditProvider(
    // A language of '*' would come after VS Code's own.
    { pattern: '**' },
    {
      async provideDocumentDropEdits(_document, _position, dropped) {
        const text = await dropped.get(draggedContacts)?.asString();
        return text === undefined ? undefined : new vscode.DocumentDropEdit(text);
      },
    },
    { dropMimeTypes: [draggedContacts] },
  );
