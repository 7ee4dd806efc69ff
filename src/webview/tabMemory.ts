/**
 * Stores unconfirmed text in the browser's session storage, which keeps it at once. A message to VS Code is
 * lost if the page ends while it is on its way.
 */
import type { PanelIdentity } from '../protocol/state';
import type { Typing } from './typing';

const keyOf = ({ origin, organisationId, contactId }: PanelIdentity) =>
  `ctrlHub.typing ${JSON.stringify([origin, organisationId, contactId])}`;

/**
 * Stores the text, or an empty list after the host has confirmed it. The number stays and shows that other
 * copies are older.
 */
export function storeTyping(identity: PanelIdentity, typing: Typing): void {
  try {
    sessionStorage.setItem(keyOf(identity), JSON.stringify(typing));
  } catch {
    // The storage is disabled or full, so VS Code's storage must suffice. An older text here would look like
    // the newest.
    forget(identity);
  }
}

export function storedTyping(identity: PanelIdentity): Typing | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(identity)) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

function forget(identity: PanelIdentity): void {
  try {
    sessionStorage.removeItem(keyOf(identity));
  } catch {
    // The storage is not available.
  }
}
