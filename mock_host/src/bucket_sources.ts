import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BucketArguments } from './arguments.ts';
import { DocumentWorker, LOAD_LIMIT_MS } from './reload/document_worker.ts';
import { Bucket } from './s3/bucket.ts';
import { BucketReloader } from './s3/bucket_reloader.ts';
import { createCredentialSource } from './s3/credentials.ts';
import { createHttpGet } from './s3/http_get.ts';
import { createPollTimes } from './s3/poll_times.ts';
import type { Sources, SourcesOptions } from './sources.ts';

const CALL_LIMITS = { timeoutMs: 60_000, maxBytes: 64 * 1024 * 1024 };
/** New versions are rare: in between, the thread's memory is worth more than its start. */
const IDLE_MS = 5_000;
/** Beside environment.json; written by who brought that here. */
const VERSION_FILE = 'version';

/** Follows a bucket. The thread that loads runs only while there is something to load. @throws StartError */
export function createBucketSources(options: SourcesOptions, bucketArguments: BucketArguments): Sources {
  const { args, module } = options;
  const worker = new DocumentWorker({ module, limitMs: LOAD_LIMIT_MS, idleMs: IDLE_MS });
  const reloader = new BucketReloader({
    ...options,
    load: worker.load,
    bucket: openBucket(bucketArguments),
    folder: bucketArguments.sourcesFolder,
    version: versionBeside(args.config),
    times: createPollTimes(bucketArguments.pollSeconds * 1000, Math.random),
  });
  return {
    start: () => void reloader.start(),
    close: () => reloader.close(),
    standing: () => reloader.standing(),
  };
}

function openBucket({ name, region, endpoint }: BucketArguments): Bucket {
  const get = createHttpGet(CALL_LIMITS);
  const now = Date.now;
  return new Bucket({
    name, region, endpoint, get, now,
    credentials: createCredentialSource({ environment: process.env, get, now }),
  });
}

function versionBeside(config: string): string | undefined {
  try {
    return readFileSync(join(dirname(config), VERSION_FILE), 'utf8').trim();
  } catch {
    return undefined;
  }
}
