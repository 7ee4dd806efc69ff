/** True for what a cancelled request rejects with, and for nothing that a person should be told of. */
export function isAbortError(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
