/** The result of a tool, with what the person is told about it. */

/** A contact of which something left this computer. */
interface ReadContact {
  readonly id: string;
  /** Server text. */
  readonly name: string;
}

export interface Answer {
  /** The result for the language model. */
  readonly text: string;
  /** Counts for the log, without values. */
  readonly note: string;
  readonly organisationId: string;
  readonly organisation: string;
  /** The contacts that `text` tells something about. */
  readonly contacts: readonly ReadContact[];
  /** The fields that `text` contains, besides the IDs. */
  readonly fields: readonly string[];
}
