import { type Clock, systemClock } from './clock';

/** True for the rejection of a cancelled request, which is never shown to the user. */
export function isAbortError(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/**
 * Waits for `ms` milliseconds; 0 or less resolves at once.
 * @throws the `AbortError` of `signal`
 */
export async function pause(ms: number, signal: AbortSignal, clock: Clock = systemClock): Promise<void> {
  signal.throwIfAborted();
  if (ms <= 0) return;
  await new Promise<void>((resolve, reject) => {
    const timer = clock.after(ms, () => {
      signal.removeEventListener('abort', give);
      resolve();
    });
    const give = () => {
      timer.dispose();
      reject(signal.reason);
    };
    signal.addEventListener('abort', give, { once: true });
  });
}

/**
 * Limits `work` to `ms` milliseconds. Cheaper than combining `AbortSignal.any` with `AbortSignal.timeout`.
 */
export async function withDeadline<T>(
  ms: number,
  signal: AbortSignal | undefined,
  work: (limited: AbortSignal, timedOut: () => boolean) => Promise<T>,
  clock: Clock = systemClock,
): Promise<T> {
  const abort = new AbortController();
  let late = false;
  const give = () => abort.abort(signal?.reason);
  const timer = clock.after(ms, () => {
    late = true;
    abort.abort();
  });
  signal?.addEventListener('abort', give, { once: true });
  if (signal?.aborted) give();
  try {
    return await work(abort.signal, () => late);
  } finally {
    timer.dispose();
    signal?.removeEventListener('abort', give);
  }
}

/**
 * Stops waiting for shared work when `signal` aborts; the work itself continues for its other callers.
 * @throws the `AbortError` of `signal`
 */
export async function unlessAborted<T>(signal: AbortSignal | undefined, work: Promise<T>): Promise<T> {
  if (signal === undefined) return work;
  const over = new AbortController();
  const given = new Promise<never>((_, reject) => {
    const give = () => reject(signal.reason);
    if (signal.aborted) give();
    else signal.addEventListener('abort', give, { signal: over.signal });
  });
  return Promise.race([given, work]).finally(() => over.abort());
}

/** Yields to the event loop, so that long work does not block the extension host. */
export const yieldToEventLoop = () => new Promise<void>((resolve) => setImmediate(resolve));
