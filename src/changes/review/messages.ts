/** Validates the messages from the page of a review. Any other message is dropped. */
import * as z from 'zod/mini';
import { parseWith } from '../../base/parseWith';
import type { ReviewIntent } from '../../protocol/review';

/** An upper limit above the size of any change set. */
const maxRows = 100_000;

const schema = z.lazy(() => {
  const place = z.int().check(z.gte(0), z.lte(maxRows));
  const revision = z.int().check(z.gte(1));
  return z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('ready') }),
    z.strictObject({
      type: z.literal('setIncluded'),
      revision,
      rows: z.array(place).check(z.maxLength(maxRows)),
      isIncluded: z.boolean(),
    }),
    z.strictObject({ type: z.literal('apply'), revision }),
    z.strictObject({ type: z.literal('open'), revision, row: place }),
    z.strictObject({ type: z.literal('openSkipped'), revision, group: place, at: place }),
    z.strictObject({ type: z.enum(['cancel', 'compare', 'saveResult', 'reviewAgain', 'signIn', 'discard']) }),
  ]);
}) satisfies z.ZodMiniType<ReviewIntent>;

export const parseReviewIntent = (message: unknown): ReviewIntent | undefined => parseWith(schema, message);
