/**
 * The reason why a request failed.
 * - `unreachable`: no response; `timedOut`: no response within the limit, or status 408
 * - `unauthorised` 401, `forbidden` 403, `notFound` 404 and 410, `methodNotAllowed` 405
 * - `conflict` 409 and 412, `invalid` 400, 415, 422 and the other 4xx, `rateLimited` 429
 * - `server` 5xx, `redirected` 3xx: never followed, because fetch would send the token to the new address
 * - `untrusted`: this computer does not trust the certificate; nothing was sent
 * - `badResponse`: a response that breaks the API's contract, such as a login page
 * - `errorDocument`: a success status with an error document; the outcome is unknown
 * - `signInFailed`: the sign-in server did not renew the access token; the API did nothing
 * - `tooLarge`: a body beyond the limit, not read to its end; `endless`: a list that never ends
 */
export type ApiErrorReason =
  | 'unreachable'
  | 'timedOut'
  | 'unauthorised'
  | 'forbidden'
  | 'notFound'
  | 'methodNotAllowed'
  | 'conflict'
  | 'invalid'
  | 'rateLimited'
  | 'server'
  | 'redirected'
  | 'untrusted'
  | 'badResponse'
  | 'errorDocument'
  | 'signInFailed'
  | 'tooLarge'
  | 'endless';

/** One entry of an error document, reduced to the parts that are shown. All texts come from the server. */
export interface ApiProblem {
  readonly title: string;
  readonly detail: string;
  /** The attribute that the error names in any known way. */
  readonly field?: string;
  /** The query parameter that the error names. */
  readonly parameter?: string;
  /** The attribute whose name, not its value, the API refuses. Present only if the error is unambiguous. */
  readonly refusedName?: string;
}

interface ApiErrorInit {
  readonly status?: number | undefined;
  readonly problems?: readonly ApiProblem[] | undefined;
  readonly traceId?: string | undefined;
  readonly code?: string | undefined;
  readonly retryAfter?: number | undefined;
  readonly retryAt?: number | undefined;
}

/**
 * The only error class of the API layer. It copies values and keeps no error of a library as its cause,
 * because such an error holds the headers of the request, with the token.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number | undefined;
  readonly problems: readonly ApiProblem[];
  /** `X-Trace-Id`, which Ctrl Hub's support asks for. */
  readonly traceId: string | undefined;
  /** The code of a network error, such as `ECONNREFUSED`. */
  readonly code: string | undefined;
  /** The wait that the API requests, in seconds. */
  readonly retryAfter: number | undefined;
  /** The end of that wait in milliseconds since 1970, for display. */
  readonly retryAt: number | undefined;

  constructor(
    readonly reason: ApiErrorReason,
    { status, problems = [], traceId, code, retryAfter, retryAt }: ApiErrorInit = {},
  ) {
    super([`The request failed: ${reason}`, status, code].filter((part) => part !== undefined).join(' '));
    this.status = status;
    this.problems = problems;
    this.traceId = traceId;
    this.code = code;
    this.retryAfter = retryAfter;
    this.retryAt = retryAt;
  }

  /** Accepts errors of other bundles, each of which has its own copy of the class. */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return error instanceof Error && error.name === 'ApiError';
  }

  static is(error: unknown, ...reasons: ApiErrorReason[]): error is ApiError {
    return error instanceof ApiError && (reasons.length === 0 || reasons.includes(error.reason));
  }
}

/** Returns true if the API asks for a wait: by a 429, or by a failure of its own, such as a 503, with a `Retry-After`. */
export const asksToWait = (error: unknown): error is ApiError =>
  ApiError.is(error, 'rateLimited') || (ApiError.is(error, 'server') && error.retryAfter !== undefined);

export function reasonOf(status: number): ApiErrorReason {
  if (status === 401) return 'unauthorised';
  if (status === 403) return 'forbidden';
  if (status === 404 || status === 410) return 'notFound';
  if (status === 405) return 'methodNotAllowed';
  if (status === 409 || status === 412) return 'conflict';
  if (status === 408) return 'timedOut';
  if (status === 429) return 'rateLimited';
  if (status >= 500) return 'server';
  if (status >= 400) return 'invalid';
  if (status >= 300) return 'redirected';
  return 'badResponse';
}

/** Reasons that do not show whether the API carried out the request. */
const unknownOutcomes: readonly ApiErrorReason[] = [
  'unreachable',
  'timedOut',
  'server',
  'badResponse',
  'errorDocument',
  'tooLarge',
  'redirected',
];

/**
 * Returns true if the API may have carried out the request. An unexpected error proves nothing, so it counts,
 * too.
 */
export function isOutcomeUnknown(error: unknown): boolean {
  return !(error instanceof ApiError) || unknownOutcomes.includes(error.reason);
}
