/** Generates the initial conditions of sequences. */
import fc from 'fast-check';
import type { Manner } from './world';

interface Drawn {
  readonly windows?: readonly (1 | 2 | 3)[];
  readonly watching?: readonly ('prompt' | 'late' | 'never')[];
  readonly skew?: readonly number[];
  readonly etag?: readonly ('strong' | 'weak' | 'none')[];
  readonly tidies?: readonly boolean[];
  /** Ids that several types share, and interactions that are referenced and deleted. */
  readonly odd?: readonly boolean[];
}

export const mannerOf = ({
  windows = [1, 2, 2, 3],
  watching = ['prompt', 'prompt', 'prompt', 'late', 'never'],
  skew = [0],
  etag = ['strong', 'strong', 'none'],
  tidies = [false, true],
  odd = [false],
}: Drawn): fc.Arbitrary<Manner> =>
  fc.record({
    seed: fc.integer({ min: 1, max: 1_000_000 }),
    windows: fc.constantFrom(...windows),
    labels: fc.boolean(),
    disk: fc.record({ watching: fc.constantFrom(...watching), skew: fc.constantFrom(...skew) }),
    server: fc.record({
      etag: fc.constantFrom(...etag),
      tidies: fc.constantFrom(...tidies),
      sharesIds: fc.constantFrom(...odd),
      includes: fc.boolean(),
      namesGone: fc.constantFrom(...odd),
    }),
  });
