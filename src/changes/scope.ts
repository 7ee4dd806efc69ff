/** The set of contacts of a document is frozen as IDs when it is chosen: no filter runs again. */

/** VS Code keeps 1,000 problems a file, and shows no others. */
export const maxContacts = 1_000;
