/**
 * Why a request came to nothing.
 * - `unreachable`: no answer at all; `timedOut`: none within the limit
 * - `unauthorised` 401, `forbidden` 403, `notFound` 404 and 410, `notOffered` 405
 * - `conflict` 409 and 412, `invalid` 400, 415, 422 and the other 4xx, `tooMany` 429
 * - `server` 5xx, `redirected` 3xx: a token is never taken along, so none is followed
 * - `untrusted`: the certificate is not one that this computer trusts; nothing was sent
 * - `notUnderstood`: an answer that is not what the API promises, such as a login page
 * - `errorDocument`: a status that means success, with an error document. It is not known what was carried out
 * - `signInFailed`: the sign-in server did not renew the access. Nothing was carried out by the API
 * - `tooLarge`: an answer without a reasonable end, given up; `endless`: a list that goes on and on
 */
export type ApiErrorReason =
  | 'unreachable'
  | 'timedOut'
  | 'unauthorised'
  | 'forbidden'
  | 'notFound'
  | 'notOffered'
  | 'conflict'
  | 'invalid'
  | 'tooMany'
  | 'server'
  | 'redirected'
  | 'untrusted'
  | 'notUnderstood'
  | 'errorDocument'
  | 'signInFailed'
  | 'tooLarge'
  | 'endless';

/** One entry of an error document, reduced to what is shown. Server text throughout. */
export interface ApiProblem {
  readonly title: string;
  readonly detail: string;
  /** The attribute that it is about, if it says so in any of the known ways. */
  readonly field?: string;
  /** The query parameter that it is about. */
  readonly parameter?: string;
  /** The attribute whose name, not its value, the API refuses; only where the error says both without a doubt. */
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
 * The one error of the API layer. It copies what it needs and keeps no error of a library as its cause:
 * theirs hold the request's headers, and with them the token.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number | undefined;
  readonly problems: readonly ApiProblem[];
  /** `X-Trace-Id`: what Ctrl Hub's support asks for. */
  readonly traceId: string | undefined;
  /** A network error's code, such as `ECONNREFUSED`. */
  readonly code: string | undefined;
  /** How long the API asks to wait, in seconds. */
  readonly retryAfter: number | undefined;
  /** When that wait is over, in milliseconds since 1970: to be shown. */
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

  /** Also of another bundle, which has a class of its own. */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return error instanceof Error && error.name === 'ApiError';
  }

  static is(error: unknown, ...reasons: ApiErrorReason[]): error is ApiError {
    return error instanceof ApiError && (reasons.length === 0 || reasons.includes(error.reason));
  }
}

export function reasonOf(status: number): ApiErrorReason {
  if (status === 401) return 'unauthorised';
  if (status === 403) return 'forbidden';
  if (status === 404 || status === 410) return 'notFound';
  if (status === 405) return 'notOffered';
  if (status === 409 || status === 412) return 'conflict';
  if (status === 408) return 'timedOut';
  if (status === 429) return 'tooMany';
  if (status >= 500) return 'server';
  if (status >= 400) return 'invalid';
  if (status >= 300) return 'redirected';
  return 'notUnderstood';
}

/** Reasons that leave open whether the request was carried out: no answer came, or none that says so. */
const unknownOutcomes: readonly ApiErrorReason[] = [
  'unreachable',
  'timedOut',
  'server',
  'notUnderstood',
  'errorDocument',
  'tooLarge',
  'redirected',
];

/** True if the request may have been carried out. An error that nobody foresaw proves nothing either way. */
export function isOutcomeUnknown(error: unknown): boolean {
  return !(error instanceof ApiError) || unknownOutcomes.includes(error.reason);
}
