/**
 * Stores unconfirmed text in the browser's session storage, which keeps it at once. A message to VS Code is
 * lost if the page ends while it is on its way.
 */
import { type ContactKey, keyText } from '../../protocol/contactKey';
import type { Typing } from './typing';

const itemOf = (contact: ContactKey) => `ctrlHub.typing ${keyText(contact)}`;

/**
 * Stores the text, or an empty list after the host has confirmed it. The number stays and shows that other
 * copies are older.
 */
export function storeTyping(identity: ContactKey, typing: Typing): void {
  try {
    sessionStorage.setItem(itemOf(identity), JSON.stringify(typing));
  } catch {
    // The storage is disabled or full, so VS Code's storage must suffice. An older text here would look like
    // the newest.
    forget(identity);
  }
}

export function storedTyping(identity: ContactKey): Typing | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(itemOf(identity)) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

function forget(identity: ContactKey): void {
  try {
    sessionStorage.removeItem(itemOf(identity));
  } catch {
    // The storage is not available.
  }
}
