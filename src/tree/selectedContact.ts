import type { ContactRef } from '../api/contacts';
import type { ContactsNode } from './nodes';

/** Milliseconds: the maximum wait for a selected row, and the interval between two attempts. */
const wait = { most: 3_000, step: 20 } as const;

/**
 * Returns the selected contact. While VS Code redraws a list, it keeps the selection but cannot return its
 * node yet.
 */
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
