import { messageOf } from '../errors.ts';
import type { EventStream } from '../events.ts';
import type { Standing } from '../health.ts';
import { tellFailure } from '../reload/load.ts';
import { tellRefusal } from '../reload/reload_events.ts';
import { RefusedVersion } from './bucket_versions.ts';

/** What stands between the bucket and what is served; the same trouble is told once. */
export class Troubles {
  readonly #events: EventStream;
  readonly #mockCount: () => number;
  #told = '';
  /** For health; undefined: none. */
  last: Standing['last_error'];
  /** Looks in a row at which the bucket could not be read. */
  unreachableInARow = 0;

  constructor(events: EventStream, mockCount: () => number) {
    this.#events = events;
    this.#mockCount = mockCount;
  }

  tell(error: unknown): void {
    if (error instanceof RefusedVersion) this.#tellRefused(error);
    else this.#tellUnreachable(messageOf(error));
  }

  over(): void {
    this.#tellReachable();
    this.#told = '';
    this.last = undefined;
  }

  #tellRefused({ version, failures }: RefusedVersion): void {
    this.#tellReachable();
    const [first = { reason: 'it is refused' }] = failures;
    const reason = failures.map(tellFailure).join(' ');
    this.last = { ...first, reason: failures.length > 1 ? reason : first.reason, version };
    if (!this.#isNew(`${version}: ${reason}`)) return;
    for (const failure of failures)
      if (failure.mock !== undefined)
        this.#events.emit({ event: 'mock_reload_failed', ...failure, version, serves_last_good: true });
    tellRefusal(this.#events, { reason }, this.#mockCount(), version);
  }

  #tellUnreachable(reason: string): void {
    this.last = { reason: `the config bucket can't be read: ${reason}` };
    this.unreachableInARow += 1;
    if (this.#isNew(reason)) this.#events.emit({ event: 'bucket_unreachable', reason });
  }

  #tellReachable(): void {
    if (this.unreachableInARow > 0) this.#events.emit({ event: 'bucket_reachable' });
    this.unreachableInARow = 0;
  }

  #isNew(text: string): boolean {
    const isNew = text !== this.#told;
    this.#told = text;
    return isNew;
  }
}
