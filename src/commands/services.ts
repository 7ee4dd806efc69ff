/** What the commands act on. */
import type { ContactRef } from '../api/contacts';
import type { Logger } from '../base/log';
import type { CurrentData } from '../contacts/accountData';
import type { DraftStore } from '../contacts/draftStore';
import type { Panels } from '../panel/panels';
import type { SessionStore } from '../session/sessionStore';
import type { ContactsTree } from '../tree/contactsTree';
import type { LookedAt } from '../tree/lookedAt';

export interface Services {
  readonly session: SessionStore;
  readonly data: CurrentData;
  readonly drafts: DraftStore;
  readonly tree: ContactsTree;
  readonly lookedAt: LookedAt;
  readonly panels: Panels;
  /** The contact whose row is selected. */
  selectedContact(): Promise<ContactRef | undefined>;
  /** Shows a contact's row in the view. */
  reveal(ref: ContactRef): Promise<void>;
  readonly log: Logger & { show(): void };
}

/** A command's handler; `target` is what VS Code passes: a row of the tree, or nothing from the palette. */
export type CommandHandler = (services: Services, target: unknown) => Promise<void>;
