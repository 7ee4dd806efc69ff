import { setTimeout } from 'node:timers/promises';

/** True for what a cancelled request rejects with, and for nothing that a person should be told of. */
export function isAbortError(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** Waits so many milliseconds, not at all for none. @throws the `AbortError` of `signal` */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (ms > 0) await setTimeout(ms, undefined, { signal });
}
