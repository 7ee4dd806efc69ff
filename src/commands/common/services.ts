/** The services that commands use. */
import type { Uri } from 'vscode';
import type { ContactRef } from '../../api/contacts';
import type { Clock } from '../../base/clock';
import type { Logger } from '../../base/log';
import type { TextServices } from '../../changes/document/startDocuments';
import type { CurrentAccount } from '../../contacts/accountStores';
import type { Drafts } from '../../contacts/drafts/drafts';
import type { Panels } from '../../panel/panels';
import type { RecentContacts } from '../../platform/storage/recentContacts';
import type { SessionStore } from '../../session/sessionStore';
import type { ContactsTree } from '../../tree/contactsTree';
import type { TreeRefresh } from '../../tree/treeRefresh';

export interface Services {
  /** The ID of this extension, as links contain it. */
  readonly extensionId: string;
  readonly session: SessionStore;
  readonly data: CurrentAccount;
  readonly drafts: Drafts;
  readonly tree: ContactsTree;
  readonly treeRefresh: TreeRefresh;
  readonly panels: Panels;
  /** The documents that hold contacts as text. */
  texts(): Promise<TextServices>;
  /** The tools of language models, with the record of their calls in this window. */
  assistants(): Promise<{ show(): Promise<void> }>;
  readonly recent: RecentContacts;
  /** Returns the contact whose row was clicked. */
  selectedContact(): Promise<ContactRef | undefined>;
  /** Returns the selected rows. */
  selectedNodes(): readonly unknown[];
  /** Returns the rows that a key applies to. */
  focusedNodes(): Promise<{ readonly row: unknown; readonly rows: readonly unknown[] }>;
  /** Shows a contact's row in the view. */
  reveal(ref: ContactRef): Promise<void>;
  /** Scrolls the view to an organisation and expands it. */
  expand(organisationId: string): Promise<void>;
  readonly log: Logger & { show(): void };
  readonly clock: Clock;
  /** The folder of the extension. */
  readonly extensionUri: Uri;
  /** The folder for what it keeps on this computer. */
  readonly globalStorage: string;
}

/**
 * A command's handler. `target` is the row of the tree, or undefined from the Command Palette; `targets` are
 * the rows selected with it.
 */
export type CommandHandler = (
  services: Services,
  target: unknown,
  targets: readonly unknown[],
) => Promise<void>;
