/**
 * Mends of the product that can be taken out one by one, to see that the model-based test finds what they mend.
 * Each stands for a way to lose, double or misreport something that was found in the product once.
 */
import type { PromiseName } from '../brokenPromise';

export interface Replacement {
  /** Below src/. */
  readonly file: string;
  /** Matches once, or the patch no longer fits. */
  readonly from: RegExp;
  readonly to: string;
}

export interface Patch {
  readonly name: string;
  /** What the patch takes out. */
  readonly mend: string;
  readonly replacements: readonly Replacement[];
  /** The profiles that are to find it, one after the other. */
  readonly profiles: readonly string[];
  /** The promises that break, if it is not just any of them. */
  readonly breaks: readonly PromiseName[];
}
