export type PromiseName = 'kept' | 'stored' | 'aside' | 'theirs' | 'once' | 'asked' | 'true' | 'calm' | 'few';

/** Reports a promise of the product that a sequence of steps broke. */
export class BrokenPromise extends Error {
  override readonly name = 'BrokenPromise';
  constructor(
    readonly promise: PromiseName,
    message: string,
  ) {
    super(`${promise}: ${message}`);
  }
}
