/** The number of a keystroke on one page. The host confirms the latest one that it has handled. */
export interface Keystroke {
  /** Identifies the page. A page that takes over unconfirmed text of an earlier one keeps its identifier. */
  readonly page: string;
  /** Counts the keystrokes from 1. */
  readonly revision: number;
}
