import { basename, dirname } from 'node:path';
import type { IHttpOperation } from '@stoplight/types';
import type { Mock, PrismMock, UpstreamMock } from './configuration.ts';
import { mount, type Engine, type MountedMock } from './mounted_mock.ts';
import { createPrismAnswerer } from './prism/answer.ts';
import { changed } from './prism/operations.ts';
import { mayDiffer, movedFiles, type SourceFile } from './prism/source_files.ts';
import type { Failure, Load, Outcome } from './reload/load.ts';
import { createUpstreamAnswerer, type UpstreamOptions } from './upstream/answer.ts';

export interface AssemblyOptions {
  readonly load: Load;
  readonly upstream: UpstreamOptions;
  /** Whether a document's callbacks are sent; without them, no document makes the host call anybody. */
  readonly sendsCallbacks: boolean;
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
  /** Null for a mock with an upstream. */
  readonly operations: number | null;
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
    const engine =
      mock.engine === 'prism' ? await this.#documentEngine(mock, present) : this.#upstreamEngine(mock, present);
    const same = present && present.engine === engine && JSON.stringify(present.mock) === JSON.stringify(mock);
    return same ? present : mount(mock, engine);
  }

  async #documentEngine(mock: PrismMock, present: MountedMock | undefined): Promise<Engine> {
    const before = present?.mock.engine === 'prism' ? present : undefined;
    const known = before ? filesFor(mock, before) : [];
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
        this.loaded.push({ mock, operations: operations.entries.length, durationMs });
        return { answer, files, failure: null };
      }
    }
  }

  #upstreamEngine(mock: UpstreamMock, present: MountedMock | undefined): Engine {
    const before = present?.mock;
    if (present && before?.engine === mock.engine && before.upstream.href === mock.upstream.href) return present.engine;
    this.loaded.push({ mock, operations: null, durationMs: 0 });
    return { answer: createUpstreamAnswerer(mock, this.#options.upstream), files: [], failure: null };
  }
}

/** What the document is known to be made from, if it is the same one, perhaps in another folder. */
function filesFor({ document }: PrismMock, { mock, engine }: MountedMock): readonly SourceFile[] {
  if (mock.engine !== 'prism' || mock.document === document) return engine.files;
  if (basename(mock.document) !== basename(document)) return [];
  return movedFiles(engine.files, dirname(mock.document), dirname(document));
}

function withoutCallbacks(operation: IHttpOperation): IHttpOperation {
  const { callbacks: _, ...rest } = operation;
  return rest;
}
