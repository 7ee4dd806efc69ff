/** Describes a failure in one part of the page, with the words and the trace ID of the API. */
import { ApiError } from '../../api/http/errors';
import { toLine } from '../../base/text';
import { wordsOf } from '../../platform/text/errorMessages';
import type { PartProblem } from '../../protocol/related';

export function partProblem(message: string, error?: unknown): PartProblem {
  const known = error instanceof ApiError ? error : undefined;
  return {
    message,
    details: (known?.problems ?? [])
      .slice(0, 20)
      .map(wordsOf)
      .filter((words) => words !== ''),
    ...(known?.traceId === undefined ? {} : { traceId: toLine(known.traceId) }),
  };
}
