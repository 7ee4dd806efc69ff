/** A limit that the texts (`document`) and the commands that open them (`ui`) share. */

/** VS Code keeps 1,000 problems a file, and shows no others. */
export const maxContacts = 1_000;
