/** Counts consecutive failures with the same reason, after which an Apply stops. */
import type { Edits } from '../../contacts/model/update';
import type { ItemOutcome } from './outcome';
import { refusal } from './outcomeOf';

/** The number of failures that are too many. */
const tooMany = 3;

export class LikeFailures {
  #failure = '';
  #count = 0;

  /** @returns true if there are too many. A contact that is gone or in conflict indicates nothing about the others. */
  add(outcome: ItemOutcome, edits: Edits): boolean {
    const isGone = outcome.kind === 'refused' && outcome.reason === 'notFound';
    if (isGone || outcome.kind === 'conflict') return false;
    const isFailure = outcome.kind === 'unknown' || outcome.kind === 'refused';
    const { reason, status, words: said } = outcome.kind === 'refused' ? outcome : refusal(undefined);
    // A server that fails may number its errors. A refusal of one value says nothing about another one.
    const words = status !== undefined && status >= 500 ? [] : said;
    const failure = isFailure
      ? JSON.stringify([outcome.kind, reason, status, words, Object.keys(edits)])
      : '';
    this.#count = failure === '' ? 0 : failure === this.#failure ? this.#count + 1 : 1;
    this.#failure = failure;
    return this.#count >= tooMany;
  }
}
