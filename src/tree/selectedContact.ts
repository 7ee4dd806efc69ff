import type { ContactRef } from '../api/contacts';
import type { ContactsNode } from './nodes';
import { whenDrawn } from './whenDrawn';

/** Returns the selected contact, or undefined if another kind of row is selected. */
export async function selectedContact(view: {
  readonly selection: readonly ContactsNode[];
}): Promise<ContactRef | undefined> {
  const node = await whenDrawn(() => view.selection[0]);
  return node?.kind === 'contact' ? node.ref : undefined;
}
