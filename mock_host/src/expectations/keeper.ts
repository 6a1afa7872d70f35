import { messageOf } from '../errors.ts';
import { Alarm } from './alarm.ts';
import { RefusedError, type ControlApi } from './control_api.ts';
import type { Generation } from './generation.ts';
import { planChange, planRetreat } from './plan.ts';
import { ProcessWatch } from './process_watch.ts';

export interface KeeperOptions {
  readonly upstream: URL;
  readonly api: ControlApi;
  /** Told when the wanted generation is in force, each time: also after a restart of MockServer. */
  readonly onInForce: (generation: Generation, durationMs: number) => void;
  /** Told when MockServer does not take a generation; the one before, if there is one, goes on. */
  readonly onRefused: (generation: Generation, reason: string, servesLastGood: boolean) => void;
  /** Told when MockServer, having served, is gone or empty. */
  readonly onLost: (reason: string) => void;
  readonly times?: KeeperTimes;
  readonly nowMs: () => number;
}

export interface KeeperTimes {
  /** From one attempt that failed to the next: the first time, and at the longest. */
  readonly retryMs: number;
  readonly longestRetryMs: number;
  /** How often it is asked whether everything is still there. */
  readonly lookMs: number;
}

const TIMES: KeeperTimes = { retryMs: 50, longestRetryMs: 250, lookMs: 2_000 };

interface Wanted {
  readonly generation: Generation;
  /** Resolves when it is in force, refused, or no longer wanted. */
  readonly settled: PromiseWithResolvers<void>;
}

/**
 * Keeps a MockServer at the wanted expectations: waits until it is up, changes it without a gap,
 * and fills it again when it comes back empty.
 */
export class Keeper {
  readonly #options: KeeperOptions;
  readonly #times: KeeperTimes;
  readonly #watch: ProcessWatch;
  readonly #alarm = new Alarm();
  #wanted: Wanted | undefined;
  /** What was last in force. */
  #good: Generation | undefined;
  /** As long as MockServer is known to have that. */
  #marker: string | undefined;
  #trouble = 'its expectations are not there yet';
  #failuresInARow = 0;
  #closed = false;

  constructor(options: KeeperOptions) {
    this.#options = options;
    this.#times = options.times ?? TIMES;
    this.#watch = new ProcessWatch(options.upstream, this.look);
    void this.#run();
  }

  /** Why requests can't be answered as the expectations say; undefined: they can. */
  get trouble(): string | undefined {
    return this.#marker === undefined ? this.#trouble : undefined;
  }

  /** Turns to this generation; the last one that was wanted counts. Resolves when it is settled. */
  want(generation: Generation): Promise<void> {
    if (this.#wanted?.generation.digest === generation.digest) return this.#wanted.settled.promise;
    this.#wanted?.settled.resolve();
    this.#wanted = { generation, settled: Promise.withResolvers<void>() };
    this.look();
    return this.#wanted.settled.promise;
  }

  /** Looks at once whether MockServer has everything. */
  readonly look = (): void => this.#alarm.ring();

  close(): void {
    this.#closed = true;
    this.#wanted?.settled.resolve();
    this.#watch.close();
    this.#options.api.close();
    this.#alarm.ring();
  }

  async #run(): Promise<void> {
    while (!this.#closed) {
      this.#alarm.rewind();
      if (this.#wanted) await this.#attempt(this.#wanted);
      await this.#sleep();
    }
  }

  async #attempt(wanted: Wanted): Promise<void> {
    try {
      await this.#watch.begin();
      await this.#ensure(wanted);
      this.#failuresInARow = 0;
    } catch (error) {
      this.#failuresInARow += 1;
      if (!this.#closed) this.#lose(messageOf(error));
    }
  }

  async #ensure(wanted: Wanted): Promise<void> {
    const { generation, settled } = wanted;
    if (this.#marker !== undefined && !(await this.#options.api.has(this.#marker))) this.#lose('it has lost its expectations');
    if (this.#marker !== undefined && this.#good?.digest === generation.digest) return settled.resolve();
    try {
      await this.#change(generation);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      this.#turnBack(wanted, error);
    }
    settled.resolve();
  }

  async #change(generation: Generation): Promise<void> {
    const { api, onInForce, nowMs } = this.#options;
    const startedMs = nowMs();
    const { put, clear, marker } = planChange(await api.ids(), generation);
    await api.put(put).catch(async (error: unknown) => {
      if (error instanceof RefusedError) await this.#retreat(marker);
      throw error;
    });
    for (const id of clear) await api.clear(id);
    this.#marker = marker;
    this.#good = generation;
    onInForce(generation, nowMs() - startedMs);
  }

  /** MockServer may have taken some before it refused one, or even that one. */
  async #retreat(marker: string): Promise<void> {
    const { api } = this.#options;
    for (const id of planRetreat(await api.ids(), marker)) await api.clear(id);
  }

  /** To what was good; without that there is nothing to do until something else is wanted. */
  #turnBack(refused: Wanted, { message }: RefusedError): void {
    const { generation } = refused;
    const good = this.#good?.digest === generation.digest ? undefined : this.#good;
    this.#options.onRefused(generation, message, good !== undefined);
    this.#trouble = message;
    if (this.#wanted !== refused) return;
    this.#wanted = good && { generation: good, settled: Promise.withResolvers<void>() };
    this.look();
  }

  #lose(reason: string): void {
    this.#trouble = reason;
    if (this.#marker !== undefined) this.#options.onLost(reason);
    this.#marker = undefined;
  }

  /** What fails is not tried again any sooner because somebody wants it. */
  #sleep(): Promise<void> {
    return this.#failuresInARow === 0 ? this.#alarm.wait(this.#pauseMs()) : this.#alarm.pause(this.#pauseMs());
  }

  #pauseMs(): number {
    const { retryMs, longestRetryMs, lookMs } = this.#times;
    if (this.#failuresInARow === 0) return lookMs;
    return Math.min(longestRetryMs, retryMs * 2 ** (this.#failuresInARow - 1));
  }
}
