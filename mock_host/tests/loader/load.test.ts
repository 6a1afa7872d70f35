import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { load } from '../../src/loader/load.ts';
import { FakeS3, breakOff, refuse } from '../support/fake_s3.ts';
import { folderWith, type Cleanup } from '../support/folder.ts';
import { bucketOf } from '../support/s3_bucket.ts';

const HOST = Buffer.from('export {};\n');
const SHA256 = createHash('sha256').update(HOST).digest('hex');
const FILES = { 'environment.json': '{}', 'mocks/core/core.yaml': 'core' };

/** A bucket with a version and the mock host, and an empty volume. */
async function filled(context: Cleanup) {
  const s3 = await new FakeS3(context).appear();
  s3.push('v0', FILES);
  s3.push('v1', FILES);
  s3.put(`mock_host/${SHA256}/mock_host.mjs`, HOST);
  const volume = folderWith(context);
  return { s3, volume, run: () => load(bucketOf(s3), { mockHostSha256: SHA256, targetFolder: volume }) };
}

test('brings what the mock host starts with', async (context) => {
  const { volume, run } = await filled(context);
  assert.equal(await run(), 'v1');
  assert.deepEqual(readdirSync(volume).toSorted(), ['live', 'mock_host.mjs', 'sources']);
  assert.deepEqual(readdirSync(join(volume, 'sources')).toSorted(), ['environment.json', 'mocks', 'version']);
  assert.equal(readFileSync(join(volume, 'sources/mocks/core/core.yaml'), 'utf8'), 'core');
  assert.equal(readFileSync(join(volume, 'sources/version'), 'utf8'), 'v1');
  assert.deepEqual(readFileSync(join(volume, 'mock_host.mjs')), HOST);
});

test('the mock host, which is not root, may read all and write to live only', async (context) => {
  const { volume, run } = await filled(context);
  await run();
  const mode = (path: string): string => (statSync(join(volume, path)).mode & 0o7777).toString(8);
  assert.equal(mode('sources'), '755');
  assert.equal(mode('live'), '1777');
});

test('once more brings what is current by then, and nothing of before', async (context) => {
  const { s3, volume, run } = await filled(context);
  await run();
  s3.push('v2', { 'environment.json': '{"two": 2}' });
  assert.equal(await run(), 'v2');
  assert.deepEqual(readdirSync(join(volume, 'sources')).toSorted(), ['environment.json', 'version']);
});

async function drip(body: Buffer, response: ServerResponse): Promise<void> {
  for (const byte of body) {
    response.write(Buffer.of(byte));
    await nextTurn();
  }
  response.end();
}

test('waits for a bucket that answers in drips', async (context) => {
  const { s3, volume, run } = await filled(context);
  s3.disturb = (key, response) => {
    const body = s3.objects.get(key);
    if (!body) return false;
    response.writeHead(200, { 'content-length': body.length });
    void drip(body, response);
    return true;
  };
  assert.equal(await run(), 'v1');
  assert.equal(readFileSync(join(volume, 'sources/mocks/core/core.yaml'), 'utf8'), 'core');
});

test('leaves nobody a foreign mock host', async (context) => {
  const { s3, volume, run } = await filled(context);
  s3.put(`mock_host/${SHA256}/mock_host.mjs`, 'other');
  await assert.rejects(run());
  assert.ok(!existsSync(join(volume, 'mock_host.mjs')));
});

suite('does not end well with', () => {
  const wrongs: Record<string, [(s3: FakeS3) => void, RegExp]> = {
    'no version': [(s3) => s3.objects.delete('current/version'), /^current\/version can't be read from the config bucket: S3 answered 404/],
    'garbage for a version': [(s3) => s3.put('current/version', '../../other'), /^current\/version holds no version$/],
    'an empty version': [(s3) => s3.put('current/version', ' \n'), /^current\/version holds no version$/],
    'a version that is nowhere': [(s3) => s3.put('current/version', 'v9'), /^the sources of version v9 can't be read.*no files/],
    'a torn version': [(s3) => s3.objects.delete('versions/v1/mocks/core/core.yaml'), /^the sources of version v1 can't.*404 \(NoSuchKey\)/],
    'an exchanged file': [(s3) => s3.put('versions/v1/environment.json', '{"x":1}'), /'environment\.json' is not the one its manifest names/],
    'a version without environment.json': [
      (s3) => s3.put('versions/v1/manifest.json', s3.manifest('v1', ['mocks/core/core.yaml'])), /^version v1 holds no environment\.json$/,
    ],
    'a file outside of its folder': [
      (s3) => s3.put('versions/v1/manifest.json', { files: [{ path: '../../out', sha256: '' }] }), /name that can't be a file's/,
    ],
    'no mock host': [(s3) => s3.objects.delete(`mock_host/${SHA256}/mock_host.mjs`), /^the mock host can't be read/],
    'another mock host': [(s3) => s3.put(`mock_host/${SHA256}/mock_host.mjs`, 'other'), /^the mock host is not the one that was deployed$/],
    'half a mock host': [
      (s3) => {
        s3.disturb = (key, response) => key.endsWith('.mjs') && (breakOff(response, Buffer.alloc(9999)), true);
      },
      /^the mock host can't be read.*aborted/,
    ],
    'no right to read': [
      (s3) => {
        s3.disturb = (_, response) => (refuse(response, 403, 'AccessDenied'), true);
      },
      /^current\/version can't be read.*403 \(AccessDenied\)/,
    ],
  };
  for (const [what, [harm, message]] of Object.entries(wrongs))
    test(what, async (context) => {
      const { s3, run } = await filled(context);
      harm(s3);
      await assert.rejects(run(), { name: 'StartError', message });
    });
});
