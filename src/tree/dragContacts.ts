/** Provides dragged rows as text: name and email address, one contact a line. */
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
  // An editor would prefer the URI of an unsaved row's decoration to plain text, so dragged contacts have a
  // type of their own.
  for (const type of ['text/plain', draggedContacts])
    dragged.set(type, new vscode.DataTransferItem(lines.join('\n')));
}

/** Inserts dragged contacts into the text of any editor. */
export const dropContacts = () =>
  vscode.languages.registerDocumentDropEditProvider(
    // With the language '*', VS Code's own providers would come first.
    { pattern: '**' },
    {
      async provideDocumentDropEdits(_document, _position, dropped) {
        const text = await dropped.get(draggedContacts)?.asString();
        return text === undefined ? undefined : new vscode.DocumentDropEdit(text);
      },
    },
    { dropMimeTypes: [draggedContacts] },
  );
