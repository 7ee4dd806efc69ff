/**
 * The browser's own memory of this tab. What is written there is kept from that moment on. What goes to
 * VS Code is lost with a page that ends while it is on its way.
 */
import type { PanelIdentity } from '../protocol/state';
import type { Typing } from './typing';

const keyOf = ({ origin, organisationId, contactId }: PanelIdentity) =>
  `ctrlHub.typing ${JSON.stringify([origin, organisationId, contactId])}`;

/** Without text once the host has it. The number stays: an older copy elsewhere is then known to be older. */
export function storeTyping(identity: PanelIdentity, typing: Typing): void {
  try {
    sessionStorage.setItem(keyOf(identity), JSON.stringify(typing));
  } catch {
    // Switched off or full: VS Code's memory has to do. An older text here would be taken for the newest.
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
    // There is no such memory here.
  }
}
