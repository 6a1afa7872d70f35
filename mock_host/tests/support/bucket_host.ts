import { join } from 'node:path';
import { loadHere, type Load } from '../../src/reload/load.ts';
import { BucketReloader } from '../../src/s3/bucket_reloader.ts';
import type { FakeS3 } from './fake_s3.ts';
import { folderWith, type Cleanup } from './folder.ts';
import { startFollowedHost, type FollowedHost } from './followed_host.ts';
import { bucketOf } from './s3_bucket.ts';

export interface BucketHostOptions {
  /** What the host starts with: environment.json and the files it names. */
  readonly files: Readonly<Record<string, unknown>>;
  readonly version?: string;
  readonly load?: Load;
}

/** Looks at the bucket all the time; after failures less often, so that tests can tell. */
const TIMES = { next: () => 2, retry: () => 20 };

/** A host that follows a bucket, with the folder that versions are brought to; resolves when it has looked once. */
export async function startBucketHost(
  context: Cleanup,
  s3: FakeS3,
  { files, version, load = loadHere }: BucketHostOptions,
): Promise<FollowedHost & { folder: string }> {
  const folder = join(folderWith(context), 'sources');
  const configFile = join(folderWith(context, files), 'environment.json');
  const host = await startFollowedHost(
    context,
    configFile,
    (followed) => new BucketReloader({ ...followed, load, version, folder, bucket: bucketOf(s3), times: TIMES }),
  );
  return Object.assign(host, { folder });
}
