import { Bucket } from '../../src/s3/bucket.ts';
import { createHttpGet, type HttpGet, type HttpGetLimits } from '../../src/s3/http_get.ts';
import type { FakeS3 } from './fake_s3.ts';

const LIMITS: HttpGetLimits = { timeoutMs: 20_000, maxBytes: 1024 * 1024 };

export interface BucketOfOptions {
  readonly limits?: HttpGetLimits;
  readonly get?: HttpGet;
}

export function bucketOf(s3: FakeS3, { limits = LIMITS, get = createHttpGet(limits) }: BucketOfOptions = {}): Bucket {
  return new Bucket({
    name: s3.bucket,
    region: 'eu-central-1',
    endpoint: s3.endpoint,
    credentials: () => Promise.resolve({ accessKeyId: 'id', secretAccessKey: 'secret' }),
    get,
    now: Date.now,
  });
}
