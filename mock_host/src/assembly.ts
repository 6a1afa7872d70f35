import type { IHttpOperation } from '@stoplight/types';
import type { Mock, MockServerMock, PrismMock, ServiceMock } from './configuration.ts';
import { toMockServerEngine, type MockServerEngine } from './expectations/engine.ts';
import type { Keepers } from './expectations/keepers.ts';
import { loadExpectations } from './expectations/load.ts';
import { reachable } from './health.ts';
import { knownFiles } from './known_files.ts';
import { mount, type Engine, type MountedMock } from './mounted_mock.ts';
import { createPrismAnswerer } from './prism/answer.ts';
import { changed } from './prism/operations.ts';
import { mayDiffer } from './prism/source_files.ts';
import type { Failure, Load, Outcome } from './reload/load.ts';
import { createUpstreamAnswerer, type UpstreamOptions } from './upstream/answer.ts';

export interface AssemblyOptions {
  readonly load: Load;
  readonly upstream: UpstreamOptions;
  /** Whether a document's callbacks are sent; without them, no document makes the host call anybody. */
  readonly sendsCallbacks: boolean;
  /** Of the MockServers; the mocks that are assembled still have to be handed to them. */
  readonly keepers: Keepers;
  readonly nowMs: () => number;
}

/** All mocks of a configuration, each as good as can be had. */
export interface Assembly {
  readonly mocks: readonly MountedMock[];
  /** Those whose document was loaded. */
  readonly loaded: readonly LoadedMock[];
  /** Those whose newest document can't be served; the last good one, if there is one, goes on. */
  readonly failed: readonly FailedMock[];
}

export interface LoadedMock {
  readonly mock: Mock;
  /** Operations of its document, or expectations; null for a service. */
  readonly count: number | null;
  readonly durationMs: number;
}

export interface FailedMock {
  readonly mock: Mock;
  readonly failure: Failure;
  readonly servesLastGood: boolean;
}

/**
 * Makes the mocks ready, in their order. What is among the `present` ones and has not changed is
 * taken over as it is: documents by content, connections to upstreams with it. Never rejects.
 */
export async function assemble(
  mocks: readonly Mock[],
  present: readonly MountedMock[],
  options: AssemblyOptions,
): Promise<Assembly> {
  const assembler = new Assembler(options);
  const mounted: MountedMock[] = [];
  for (const mock of mocks)
    mounted.push(await assembler.ready(mock, present.find(({ name }) => name === mock.name)));
  return { mocks: mounted, loaded: assembler.loaded, failed: assembler.failed };
}

class Assembler {
  readonly loaded: LoadedMock[] = [];
  readonly failed: FailedMock[] = [];
  readonly #options: AssemblyOptions;

  constructor(options: AssemblyOptions) {
    this.#options = options;
  }

  async ready(mock: Mock, present: MountedMock | undefined): Promise<MountedMock> {
    const engine = await this.#engine(mock, present);
    const same = present && present.engine === engine && JSON.stringify(present.mock) === JSON.stringify(mock);
    return same ? present : mount(mock, engine);
  }

  #engine(mock: Mock, present: MountedMock | undefined): Promise<Engine> | Engine {
    switch (mock.engine) {
      case 'prism':
        return this.#documentEngine(mock, present);
      case 'mockserver':
        return this.#expectationsEngine(mock, present);
      case 'service':
        return this.#serviceEngine(mock, present);
    }
  }

  async #documentEngine(mock: PrismMock, present: MountedMock | undefined): Promise<Engine> {
    const before = present?.mock.engine === 'prism' ? present : undefined;
    const known = before ? knownFiles(mock, before) : [];
    if (before && known === before.engine.files && !(await mayDiffer(known))) return before.engine;
    const startedMs = this.#options.nowMs();
    const outcome = await this.#options.load(mock.document, known);
    return this.#toEngine(mock, before?.engine, outcome, startedMs);
  }

  #toEngine(mock: Mock, before: Engine | undefined, outcome: Outcome, startedMs: number): Engine {
    const { files } = outcome;
    switch (outcome.kind) {
      case 'unchanged':
        return { answer: before?.answer ?? null, files, failure: before?.failure ?? null };
      case 'failed':
        this.failed.push({ mock, failure: outcome.failure, servesLastGood: Boolean(before?.answer) });
        return { answer: before?.answer ?? null, files, failure: outcome.failure };
      case 'loaded': {
        const { sendsCallbacks } = this.#options;
        const operations = sendsCallbacks ? outcome.operations : changed(outcome.operations, withoutCallbacks);
        const answer = createPrismAnswerer(operations);
        const durationMs = this.#options.nowMs() - startedMs;
        this.loaded.push({ mock, count: operations.entries.length, durationMs });
        return { answer, files, failure: null };
      }
    }
  }

  async #expectationsEngine(mock: MockServerMock, present: MountedMock | undefined): Promise<Engine> {
    const before = present && hasSameServer(present.mock, mock) ? present : undefined;
    const known = before ? knownFiles(mock, before) : [];
    if (before && known === before.engine.files && !(await mayDiffer(known))) return before.engine;
    const startedMs = this.#options.nowMs();
    const outcome = await loadExpectations(mock.expectations, known);
    const engine = toMockServerEngine(mock, before?.engine as MockServerEngine | undefined, outcome, this.#options);
    if (outcome.kind === 'failed')
      this.failed.push({ mock, failure: outcome.failure, servesLastGood: engine.answer !== null });
    if (outcome.kind === 'loaded')
      this.loaded.push({ mock, count: outcome.generation.expectations.length, durationMs: this.#options.nowMs() - startedMs });
    return engine;
  }

  #serviceEngine(mock: ServiceMock, present: MountedMock | undefined): Engine {
    const before = present?.mock;
    if (present && before?.engine === 'service' && before.upstream.href === mock.upstream.href) return present.engine;
    this.loaded.push({ mock, count: null, durationMs: 0 });
    const probe = reachable(mock.upstream);
    return { answer: createUpstreamAnswerer(mock, this.#options.upstream), files: [], failure: null, probe };
  }
}

function hasSameServer(one: Mock, { upstream }: MockServerMock): boolean {
  return one.engine === 'mockserver' && one.upstream.href === upstream.href;
}

function withoutCallbacks(operation: IHttpOperation): IHttpOperation {
  const { callbacks: _, ...rest } = operation;
  return rest;
}
