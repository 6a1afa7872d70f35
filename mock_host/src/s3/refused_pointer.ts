import { RefusedVersion } from './bucket_versions.ts';
import type { PollTimes } from './poll_times.ts';

interface Refused {
  readonly etag: string;
  readonly error: RefusedVersion;
  readonly attempts: number;
  readonly untilMs: number;
}

/**
 * The pointer whose version was refused last. The version is tried again, because the rest of it
 * may still be on its way into the bucket, but less and less often.
 */
export class RefusedPointer {
  readonly #times: PollTimes;
  readonly #nowMs: () => number;
  #last: Refused | undefined;

  constructor(times: PollTimes, nowMs: () => number) {
    this.#times = times;
    this.#nowMs = nowMs;
  }

  /** Does what is to be done with the pointer; if it was refused a moment ago, only refuses it again. */
  async unlessJustRefused<T>(etag: string, turn: () => Promise<T>): Promise<T> {
    const before = this.#last?.etag === etag ? this.#last : undefined;
    if (before && this.#nowMs() < before.untilMs) throw before.error;
    try {
      return await turn();
    } catch (error) {
      if (error instanceof RefusedVersion) this.#note(etag, error, (before?.attempts ?? 0) + 1);
      throw error;
    }
  }

  #note(etag: string, error: RefusedVersion, attempts: number): void {
    // The first retry comes with the next look: an upload takes seconds.
    const untilMs = attempts === 1 ? 0 : this.#nowMs() + this.#times.retry(attempts);
    this.#last = { etag, error, attempts, untilMs };
  }
}
