import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Bucket, type BucketOptions } from '../../src/s3/bucket.ts';
import type { HttpGet } from '../../src/s3/http_get.ts';
import { FakeS3, breakOff, refuse } from '../support/fake_s3.ts';
import { folderWith } from '../support/folder.ts';
import { bucketOf } from '../support/s3_bucket.ts';

test('reads objects, and only changed ones by ETag', async (context) => {
  const s3 = await new FakeS3(context).appear();
  s3.put('a b/ü+&.yaml', 'one');
  const bucket = bucketOf(s3);
  const { etag, body } = await bucket.read('a b/ü+&.yaml');
  assert.equal(body.toString(), 'one');
  assert.equal(await bucket.readChanged('a b/ü+&.yaml', etag), undefined);
  assert.deepEqual(s3.answered, [200, 304]);
  s3.put('a b/ü+&.yaml', 'two');
  assert.equal((await bucket.readChanged('a b/ü+&.yaml', etag))?.body.toString(), 'two');
});

test('lists all keys below a prefix, page by page', async (context) => {
  const s3 = await new FakeS3(context).appear();
  const keys = ['p/1', 'p/a b+c.yaml', 'p/ü&.yaml', 'p/x/%41.yaml', 'p/y', 'p/z'];
  for (const key of [...keys, 'q/1', 'o']) s3.put(key, '');
  assert.deepEqual((await bucketOf(s3).keys('p/')).toSorted(), keys.toSorted());
  assert.equal(s3.asked.length, 2);
});

test('saves an object to a file and gives its digest', async (context) => {
  const s3 = await new FakeS3(context).appear();
  const content = Buffer.alloc(700_000, 'abcdefg');
  s3.put('long', content);
  const file = join(folderWith(context, { long: 'x'.repeat(800_000) }), 'long');
  assert.equal(await bucketOf(s3).save('long', file), createHash('sha256').update(content).digest('hex'));
  assert.deepEqual(readFileSync(file), content);
});

test('writes no file of what is not there', async (context) => {
  const s3 = await new FakeS3(context).appear();
  const folder = folderWith(context);
  await assert.rejects(bucketOf(s3).save('none', join(folder, 'none')), { message: 'S3 answered 404 (NoSuchKey) to none' });
  assert.deepEqual(readdirSync(folder), []);
});

test("says what S3 answered, and that something isn't there", async (context) => {
  const s3 = await new FakeS3(context).appear();
  const bucket = bucketOf(s3);
  assert.equal(await bucket.readIfThere('none'), undefined);
  await assert.rejects(bucket.read('none'), { name: 'BucketError', status: 404, message: 'S3 answered 404 (NoSuchKey) to none' });
  s3.disturb = (_, response) => (refuse(response, 503, 'SlowDown'), true);
  await assert.rejects(bucket.readIfThere('none'), { status: 503, message: /SlowDown/ });
});

test('half a body is no body', async (context) => {
  const s3 = await new FakeS3(context).appear();
  s3.disturb = (_, response) => (breakOff(response, Buffer.alloc(10_000)), true);
  await assert.rejects(bucketOf(s3).read('a'), { message: 'aborted' });
});

test('an answer that never ends, or never begins, or is far too long is given up', async (context) => {
  const s3 = await new FakeS3(context).appear();
  s3.disturb = (key, response) => {
    if (key === 'begun') response.writeHead(200).write('x');
    return key !== 'long';
  };
  s3.put('long', 'x'.repeat(1001));
  const bucket = bucketOf(s3, { limits: { timeoutMs: 100, maxBytes: 1000 } });
  await assert.rejects(bucket.read('begun'), /no whole answer within 0\.1 s/);
  await assert.rejects(bucket.read('silent'), /no whole answer within 0\.1 s/);
  await assert.rejects(bucket.read('long'), /longer than 1000 bytes/);
  const file = join(folderWith(context), 'file');
  await assert.rejects(bucket.save('begun', file), /no whole answer within 0\.1 s/);
  await assert.rejects(bucket.save('long', file), /longer than 1000 bytes/);
});

test('S3 itself is asked by the name of the bucket, within its region', async () => {
  const asked: string[] = [];
  const get: HttpGet = (url) => {
    asked.push(url.href);
    return Promise.resolve({ status: 200, headers: {}, body: Buffer.from('') });
  };
  const read = (name: string, region: string): Promise<unknown> => {
    const credentials = () => Promise.resolve({ accessKeyId: 'a', secretAccessKey: 'b' });
    const options: BucketOptions = { name, region, endpoint: null, credentials, get, now: () => 0 };
    return new Bucket(options).read('current/version');
  };
  await read('mockenv-x', 'eu-central-1');
  await read('mockenv.x', 'eu-central-1');
  await read('mockenv-x', 'cn-north-1');
  assert.deepEqual(asked, [
    'https://mockenv-x.s3.eu-central-1.amazonaws.com/current/version',
    'https://s3.eu-central-1.amazonaws.com/mockenv.x/current/version',
    'https://mockenv-x.s3.cn-north-1.amazonaws.com.cn/current/version',
  ]);
});
