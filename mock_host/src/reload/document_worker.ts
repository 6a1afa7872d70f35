import { getHeapStatistics } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { codeOf, messageOf } from '../errors.ts';
import type { SourceFile } from '../prism/source_files.ts';
import { noteFiles, type Outcome } from './load.ts';
import { unpack } from './parcels.ts';
import type { LoadReply, LoadRequest, PackedOutcome } from './worker_thread.ts';

export interface DocumentWorkerOptions {
  /** The module that calls `serveLoads` when it runs in a thread. */
  readonly module: URL;
  /** A document that takes longer is given up. */
  readonly limitMs: number;
  /** Bound of the thread's heap; without it, what the bound of the whole process leaves. */
  readonly heapMebibytes?: number;
  /** Ends the thread when it had nothing to do for so long; without it, it stays ready. */
  readonly idleMs?: number;
}

/** Enough for any document that is one: GitHub's, 13 MB, takes 3 s on a core of its own. */
export const LOAD_LIMIT_MS = 120_000;
const MEBIBYTE = 1024 * 1024;
const LEAST_HEAP_MEBIBYTES = 64;
/**
 * Past its bound a thread's heap gets 16 MiB more (Node, `Worker::NearHeapLimit`), in which V8 has to
 * end it. One scavenge that moves more than that ends the whole process: so the young ones are few.
 */
const YOUNG_MEBIBYTES = 12;
/** A heap does not shrink again: a thread that grew past this is replaced. An idle one has 20 MB. */
const LARGE_HEAP_BYTES = 96 * MEBIBYTE;

/**
 * Loads documents in a thread of its own, so that requests are answered meanwhile. Whatever a
 * document does to the thread (fill its memory, keep it busy for ever), the host lives on.
 */
export class DocumentWorker {
  readonly #options: DocumentWorkerOptions;
  #thread: Worker | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #idle: NodeJS.Timeout | undefined;

  constructor(options: DocumentWorkerOptions) {
    this.#options = options;
  }

  /** Starts the thread ahead of time: 0.1 s that the first load then need not wait. */
  readonly warmUp = (): void => {
    this.#runningThread();
  };

  /** A `Load`; one at a time. */
  readonly load = (document: string, known: readonly SourceFile[]): Promise<Outcome> => {
    const loaded = this.#last.then(() => this.#load({ document, known }));
    this.#last = loaded;
    return loaded;
  };

  /** Ends the thread, and with it a load under way; the next load starts another. */
  readonly end = async (): Promise<void> => {
    await this.#thread?.terminate();
  };

  async #load(request: LoadRequest): Promise<Outcome> {
    clearTimeout(this.#idle);
    const { outcome, heapBytes } = await this.#ask(request).catch(async (error: unknown) => {
      await this.end();
      return { outcome: await this.#failed(request, error), heapBytes: 0 };
    });
    if (heapBytes > LARGE_HEAP_BYTES) await this.end();
    this.#endWhenIdle();
    return outcome.kind === 'loaded' ? { ...outcome, operations: unpack(outcome.operations) } : outcome;
  }

  #endWhenIdle(): void {
    const { idleMs } = this.#options;
    if (idleMs !== undefined) this.#idle = setTimeout(() => void this.end(), idleMs).unref();
  }

  #ask(request: LoadRequest): Promise<LoadReply> {
    const thread = this.#runningThread();
    const { promise, resolve, reject } = Promise.withResolvers<LoadReply>();
    const ended = (): void => reject(new Error('the thread that loads it ended'));
    const timer = setTimeout(() => reject(this.#late()), this.#options.limitMs);
    thread.once('message', resolve).once('error', reject).once('exit', ended);
    thread.postMessage(request);
    return promise.finally(() => {
      clearTimeout(timer);
      thread.off('message', resolve).off('error', reject).off('exit', ended);
    });
  }

  #runningThread(): Worker {
    return (this.#thread ??= this.#startThread());
  }

  #startThread(): Worker {
    const { module, heapMebibytes = heapLeft() } = this.#options;
    const thread = new Worker(module, { argv: [], resourceLimits: {
      maxOldGenerationSizeMb: heapMebibytes,
      maxYoungGenerationSizeMb: YOUNG_MEBIBYTES,
    } });
    thread.on('exit', () => {
      if (this.#thread === thread) this.#thread = undefined;
    });
    // Between two loads an error means no more than that the next one needs another thread.
    thread.on('error', () => undefined);
    thread.unref();
    return thread;
  }

  /** The files are noted as they are now, or the same attempt would be made over and over. */
  async #failed({ document, known }: LoadRequest, error: unknown): Promise<PackedOutcome> {
    const files = await noteFiles(document, [document, ...known.map(({ path }) => path)]);
    return { kind: 'failed', files, failure: { file: document, reason: reasonOf(error) } };
  }

  #late(): Error {
    return new Error(`it took longer than ${this.#options.limitMs / 1000} s`);
  }
}

function reasonOf(error: unknown): string {
  if (codeOf(error) === 'ERR_WORKER_OUT_OF_MEMORY')
    return 'needs more memory to load than there is. Split the document, or choose a larger size.';
  return `can't be loaded: ${messageOf(error)}`;
}

/** The bound that was set for the process holds for both of its heaps together. */
function heapLeft(): number {
  const { heap_size_limit: limit, used_heap_size: used } = getHeapStatistics();
  return Math.max(LEAST_HEAP_MEBIBYTES, Math.floor((limit - used) / MEBIBYTE));
}
