import type { ContactRef } from '../api/contacts';
import type { ContactsNode } from './nodes';

/** Milliseconds: how long a selected row can be on its way, and how often it is looked for. */
const wait = { most: 3_000, step: 20 } as const;

/** While a list is drawn anew VS Code knows which row is selected, and not yet which contact that is. */
export async function selectedContact(view: {
  readonly selection: readonly ContactsNode[];
}): Promise<ContactRef | undefined> {
  for (const end = performance.now() + wait.most; performance.now() < end; ) {
    const [node] = view.selection;
    if (node !== undefined) return node.kind === 'contact' ? node.ref : undefined;
    await new Promise((resolve) => setTimeout(resolve, wait.step));
  }
  return undefined;
}
