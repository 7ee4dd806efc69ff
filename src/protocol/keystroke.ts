/** The number of a keystroke on one page. The host answers with the last one that it has taken. */
export interface Keystroke {
  /** Names the page. A page that takes over what an earlier one had not handed over keeps its name. */
  readonly page: string;
  /** Counts up with each keystroke, from 1. */
  readonly revision: number;
}
