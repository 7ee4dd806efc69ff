/**
 * The contacts of a change set. The set is fixed as ids when it is chosen, and no filter runs again, so that only
 * selected contacts can change.
 */
import type { ContactRef } from '../api/contacts';

/** VS Code keeps 1,000 problems for each file, and ignores the others. */
export const maxContacts = 1_000;

interface Scope {
  /** The API of the contacts. */
  readonly origin: string;
  /** In display order, without duplicates, from one or more organisations; at most `maxContacts`. */
  readonly contacts: readonly ContactRef[];
}
