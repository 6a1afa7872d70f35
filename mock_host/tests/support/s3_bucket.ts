import { Bucket } from '../../src/s3/bucket.ts';
import { createHttpGet, type HttpGetLimits } from '../../src/s3/http_get.ts';
import type { FakeS3 } from './fake_s3.ts';

export function bucketOf(s3: FakeS3, limits: HttpGetLimits = { timeoutMs: 20_000, maxBytes: 1024 * 1024 }): Bucket {
  return new Bucket({
    name: s3.bucket,
    region: 'eu-central-1',
    endpoint: s3.endpoint,
    credentials: () => Promise.resolve({ accessKeyId: 'id', secretAccessKey: 'secret' }),
    get: createHttpGet(limits),
    now: Date.now,
  });
}
