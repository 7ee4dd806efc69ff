/**
 * Removes a credential from what a server says. A proxy may repeat the request's headers in its error, and error
 * messages and trace IDs are shown, logged and stored.
 */
import { ApiError } from './errors';

/** The headers that authenticate a request. */
export type Credential = Readonly<Record<string, string>>;

/** The minimum length of a secret in characters. Anything shorter may be part of an ordinary word. */
const shortest = 8;

export function withoutSecrets(text: string, credential: Credential): string {
  return Object.values(credential)
    .map((value) => value.replace(/^Bearer /, ''))
    .filter((secret) => secret.length >= shortest)
    .reduce((rest, secret) => rest.replaceAll(secret, '…'), text);
}

/** Returns an error that is no `ApiError` as it is. */
export function errorWithoutSecrets(error: unknown, credential: Credential): unknown {
  if (!(error instanceof ApiError)) return error;
  const { reason, status, code, retryAfter, retryAt, traceId } = error;
  const clean = (text: string) => withoutSecrets(text, credential);
  return new ApiError(reason, {
    status,
    code,
    retryAfter,
    retryAt,
    traceId: traceId && clean(traceId),
    problems: error.problems.map((problem) => ({
      ...problem,
      title: clean(problem.title),
      detail: clean(problem.detail),
    })),
  });
}
