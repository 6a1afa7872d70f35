import { setTimeout as pause } from 'node:timers/promises';
import type { MockServerMock } from '../configuration.ts';
import type { EventStream } from '../events.ts';
import type { MountedMock } from '../mounted_mock.ts';
import type { Failure } from '../reload/load.ts';
import { createControlApi, type ControlApi } from './control_api.ts';
import type { Generation } from './generation.ts';
import { Keeper, type KeeperTimes } from './keeper.ts';

export interface KeepersOptions {
  readonly events: EventStream;
  readonly nowMs: () => number;
  readonly createApi?: (upstream: URL) => ControlApi;
  readonly times?: KeeperTimes;
}

/** What is kept of one MockServer. */
interface Kept {
  readonly keeper: Keeper;
  mock: MockServerMock;
  /** Of the expectations that it refused last. */
  refused: { readonly digest: string; readonly reason: string } | undefined;
  settled: Promise<void>;
}

/** A MockServer that serves takes a change in milliseconds; nobody waits longer for one that does not. */
const SETTLE_WITHIN_MS = 10_000;
const NOT_KEPT = 'its expectations are not there yet';

/** Keeps each MockServer at the expectations of the mock that is served through it. */
export class Keepers {
  readonly #options: KeepersOptions;
  readonly #kept = new Map<string, Kept>();

  constructor(options: KeepersOptions) {
    this.#options = options;
  }

  /** Turns to these mocks: their expectations come in force, MockServers of no mock are left alone. */
  readonly follow = (mocks: readonly MountedMock[]): void => {
    const served = new Set<string>();
    for (const { mock, engine } of mocks) {
      if (mock.engine !== 'mockserver' || !engine.expectations) continue;
      served.add(mock.upstream.origin);
      this.#want(mock, engine.expectations);
    }
    for (const origin of this.#kept.keys()) if (!served.has(origin)) this.#forget(origin);
  };

  /** Resolves when what is wanted is in force or refused, as far as its MockServer is there to take it. */
  async settled(): Promise<void> {
    const serving = [...this.#kept.values()].filter(({ keeper }) => keeper.trouble === undefined);
    if (serving.length === 0) return;
    const late = new AbortController();
    const all = Promise.all(serving.map(({ settled }) => settled));
    await Promise.race([all, pause(SETTLE_WITHIN_MS, undefined, { signal: late.signal, ref: false }).catch(() => undefined)]);
    late.abort();
  }

  /** Why a mock can't answer as its expectations say; undefined: it can. */
  troubleOf({ upstream }: MockServerMock): string | undefined {
    const kept = this.#kept.get(upstream.origin);
    return kept ? kept.keeper.trouble : NOT_KEPT;
  }

  /** Why MockServer does not take these expectations; null: it does, as far as is known. */
  refusalOf({ upstream, expectations: file }: MockServerMock, { digest }: Generation): Failure | null {
    const refused = this.#kept.get(upstream.origin)?.refused;
    return refused?.digest === digest ? { file, reason: refused.reason } : null;
  }

  /** To be called when a request found nobody at the upstream. */
  look({ upstream }: MockServerMock): void {
    this.#kept.get(upstream.origin)?.keeper.look();
  }

  readonly close = (): void => {
    for (const origin of this.#kept.keys()) this.#forget(origin);
  };

  #want(mock: MockServerMock, generation: Generation): void {
    const kept = this.#kept.get(mock.upstream.origin) ?? this.#keep(mock);
    kept.mock = mock;
    if (kept.refused?.digest !== generation.digest) kept.settled = kept.keeper.want(generation);
  }

  #keep(mock: MockServerMock): Kept {
    const { upstream } = mock;
    const { createApi = createControlApi, times, nowMs, events } = this.#options;
    const told = (event: string, fields: object): void => events.emit({ event, mock: kept.mock.name, ...fields });
    const keeper = new Keeper({
      upstream,
      api: createApi(upstream),
      nowMs,
      ...(times && { times }),
      onInForce: ({ expectations }, durationMs) => {
        kept.refused = undefined;
        told('expectations_in_force', { expectations: expectations.length, duration_ms: Math.round(durationMs) });
      },
      onRefused: ({ digest }, reason, servesLastGood) => {
        kept.refused = { digest, reason };
        told('expectations_refused', { file: kept.mock.expectations, reason, serves_last_good: servesLastGood });
      },
      onLost: (reason) => told('mockserver_lost', { reason }),
    });
    const kept: Kept = { keeper, mock, refused: undefined, settled: Promise.resolve() };
    this.#kept.set(upstream.origin, kept);
    return kept;
  }

  #forget(origin: string): void {
    this.#kept.get(origin)?.keeper.close();
    this.#kept.delete(origin);
  }
}
