import type { Arguments } from './arguments.ts';
import { createBucketSources } from './bucket_sources.ts';
import type { Standing } from './health.ts';
import { DocumentWorker, LOAD_LIMIT_MS } from './reload/document_worker.ts';
import { FileReloader, type FileReloaderOptions } from './reload/file_reloader.ts';

/** Where what is served comes from, and whether it is followed. */
export interface Sources {
  start(): void;
  readonly close: () => void;
  /** For health. */
  readonly standing: () => Standing;
}

export interface SourcesOptions extends Omit<FileReloaderOptions, 'load' | 'configFile'> {
  readonly args: Pick<Arguments, 'config' | 'watch' | 'bucket'>;
  /** Runs the worker thread. */
  readonly module: URL;
}

/** The first edit need not wait for the thread to start; nor does the start of the host. */
const WARM_UP_AFTER_MS = 1_000;

/** @throws StartError */
export function createSources(options: SourcesOptions): Sources {
  const { bucket, watch } = options.args;
  if (bucket) return createBucketSources(options, bucket);
  return watch ? createFileSources(options) : FIXED;
}

/** Nothing is followed. */
const FIXED: Sources = { start: () => undefined, close: () => undefined, standing: () => ({}) };

function createFileSources(options: SourcesOptions): Sources {
  const { args, module } = options;
  const worker = new DocumentWorker({ module, limitMs: LOAD_LIMIT_MS });
  const reloader = new FileReloader({ ...options, configFile: args.config, load: worker.load });
  return {
    start: () => {
      void reloader.start();
      setTimeout(worker.warmUp, WARM_UP_AFTER_MS).unref();
    },
    close: () => reloader.close(),
    standing: () => reloader.standing(),
  };
}
