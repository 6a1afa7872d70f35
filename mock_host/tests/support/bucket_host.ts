import { join } from 'node:path';
import { readConfiguration } from '../../src/configuration.ts';
import { createEventStream } from '../../src/events.ts';
import { openHost } from '../../src/open_host.ts';
import { loadHere, type Load } from '../../src/reload/load.ts';
import { BucketReloader } from '../../src/s3/bucket_reloader.ts';
import { Serving } from '../../src/serving.ts';
import { startMocks, upstreamOptions } from '../../src/start_mocks.ts';
import type { Event } from './child.ts';
import type { FakeS3 } from './fake_s3.ts';
import { folderWith, type Cleanup } from './folder.ts';
import { bucketOf } from './s3_bucket.ts';
import { WatchedHost } from './watched_host.ts';

export interface BucketHostOptions {
  /** What the host starts with: environment.json and the files it names. */
  readonly files: Readonly<Record<string, unknown>>;
  readonly version?: string;
  readonly load?: Load;
}

/** Looks at the bucket all the time; after failures less often, so that tests can tell. */
const TIMES = { next: () => 2, retry: () => 20 };

/** A host within the test's process that follows a bucket; resolves when it has looked at it once. */
export async function startBucketHost(
  context: Cleanup,
  s3: FakeS3,
  { files, version, load = loadHere }: BucketHostOptions,
): Promise<WatchedHost & { folder: string }> {
  const events: Event[] = [];
  const stream = createEventStream((text) => {
    for (const line of text.trim().split('\n')) events.push(JSON.parse(line) as Event);
  });
  const onFault = (error: unknown): void => stream.emit({ event: 'fault', message: String(error) });
  const nowMs = (): number => performance.now();
  const configuration = readConfiguration(join(folderWith(context, files), 'environment.json'));
  const assembly = { load, upstream: upstreamOptions(configuration), nowMs };
  const serving = new Serving(await startMocks(configuration, { ...assembly, load: loadHere }, stream));
  const folder = join(folderWith(context), 'sources');
  const reloader = new BucketReloader({
    ...assembly, configuration, version, serving, events: stream, folder, bucket: bucketOf(s3), times: TIMES,
  });
  const standing = () => reloader.standing();
  const args = { host: '127.0.0.1', port: 0 };
  const isDraining = (): boolean => false;
  const host = await openHost({ args, configuration, serving, standing, isDraining, events: stream, onFault, nowMs });
  await reloader.start();
  context.after(() => {
    reloader.close();
    host.server.closeAllConnections();
    host.server.close();
  });
  return Object.assign(new WatchedHost(host.url, events), { folder });
}
