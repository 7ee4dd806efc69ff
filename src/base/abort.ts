import { type Clock, systemClock } from './clock';

/** True for what a cancelled request rejects with, and for nothing that a person should be told of. */
export function isAbortError(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** Waits so many milliseconds, not at all for none. @throws the `AbortError` of `signal` */
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

/** A limit in time, for as long as `work` takes. It costs less than `AbortSignal.any` with `.timeout`. */
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

/** Waits for work that goes on for others when this one gives up. @throws the `AbortError` of `signal` */
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

/** Lets everything else have its turn, in the middle of long work. */
export const rest = () => new Promise<void>((resolve) => setImmediate(resolve));
