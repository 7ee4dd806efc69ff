/**
 * Patches that remove single fixes from the product, to check that the model-based test finds the defects. Each stands
 * for a defect that once lost, duplicated or misreported data.
 */
import type { PromiseName } from '../brokenPromise';

export interface Replacement {
  /** The path relative to src/. */
  readonly file: string;
  /** Must match exactly once; otherwise the patch is outdated. */
  readonly from: RegExp;
  readonly to: string;
}

export interface Patch {
  readonly name: string;
  /** The fix that the patch removes. */
  readonly mend: string;
  readonly replacements: readonly Replacement[];
  /** The profiles that should find it, in order. */
  readonly profiles: readonly string[];
  /** The promises that break, if only certain ones count. */
  readonly breaks: readonly PromiseName[];
}
