/** Reads contacts one after another or at the same time. If Ctrl Hub asks for a wait, all of them wait. */
import { ApiError, asksToWait } from '../../api/http/errors';
import { pause } from '../../base/abort';
import { Backoff } from '../../base/backoff';
import type { Clock } from '../../base/clock';
import { savePatience } from './interruptedSaves';

interface PatientReadsOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The waits that other requests began. */
  readonly backoff?: Backoff;
  /** Called when a wait begins. */
  readonly onPause?: () => void;
}

export class PatientReads {
  readonly #options: PatientReadsOptions;
  readonly #backoff: Backoff;
  /** The refusal after which nothing else is read. */
  #refusal: ApiError | undefined;

  constructor(options: PatientReadsOptions) {
    this.#options = options;
    this.#backoff = options.backoff ?? new Backoff(savePatience, options.clock);
  }

  /** @throws ApiError, and the `AbortError` of the signal */
  async read<T>(load: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal } = this.#options;
    for (;;) {
      await this.#pass();
      try {
        const result = await load(signal);
        this.#backoff.accepted();
        return result;
      } catch (error) {
        if (!asksToWait(error)) throw error;
        if (this.#backoff.refused(error.retryAfter) === undefined) this.#refusal ??= error;
      }
    }
  }

  async #pass(): Promise<void> {
    const { clock, signal, onPause } = this.#options;
    signal.throwIfAborted();
    while (this.#refusal === undefined && this.#backoff.left > 0) {
      onPause?.();
      await pause(this.#backoff.left, signal, clock);
    }
    if (this.#refusal) throw this.#refusal;
    // Other requests were asked for a longer wait than a save accepts.
    if (this.#backoff.askedLeft > 0) throw new ApiError('rateLimited');
  }
}
