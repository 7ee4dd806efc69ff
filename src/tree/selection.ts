import type { ContactRef } from '../api/contacts';
import type { ContactsNode } from './nodes';

/** Milliseconds: the maximum wait for a row, and the interval between two attempts. */
const wait = { max: 3_000, step: 20 } as const;

/**
 * Reads something of the view's selection until it is there. While VS Code redraws a list, it keeps the
 * selection but cannot return its nodes yet.
 */
export async function whenDrawn<T>(
  read: () => Promise<T | undefined> | T | undefined,
): Promise<T | undefined> {
  for (const end = performance.now() + wait.max; ; ) {
    const value = await read();
    if (value !== undefined || performance.now() >= end) return value;
    await new Promise((resolve) => setTimeout(resolve, wait.step));
  }
}

/** Returns the selected contact, or undefined if another kind of row is selected. */
export async function selectedContact(view: {
  readonly selection: readonly ContactsNode[];
}): Promise<ContactRef | undefined> {
  const node = await whenDrawn(() => view.selection[0]);
  return node?.kind === 'contact' ? node.ref : undefined;
}
