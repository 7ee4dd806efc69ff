/**
 * The contacts that a change set is about. The set is frozen as ids when it is chosen: no filter runs again, so
 * that nothing is changed that nobody selected.
 */
import type { ContactRef } from '../api/contacts';

/** VS Code keeps 1,000 problems a file, and shows no others. */
export const maxContacts = 1_000;

interface Scope {
  /** The API that the contacts belong to. */
  readonly origin: string;
  /** In the order in which they are shown, each once, of one or more organisations; at most `maxContacts`. */
  readonly contacts: readonly ContactRef[];
}
