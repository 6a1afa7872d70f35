import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { fetchVersion, removeVersionsBut } from '../../src/s3/version_folder.ts';
import { FakeS3, breakOff } from '../support/fake_s3.ts';
import { folderWith } from '../support/folder.ts';
import { bucketOf } from '../support/s3_bucket.ts';

const FILES = {
  'environment.json': '{}', 'mocks/a/a.yaml': 'a', 'mocks/a/parts/ü b.yaml': 'b', 'mocks/c/c.yaml': 'c', 'mocks/d/d.yaml': 'd',
};

suite('a version is brought whole', () => {
  for (const manifest of [true, false])
    test(manifest ? 'by its manifest' : 'by its prefix, where there is no manifest', async (context) => {
      const s3 = await new FakeS3(context).appear();
      s3.push('v1', FILES, { manifest });
      s3.push('v12', { other: '' }, { manifest });
      const folder = await fetchVersion(bucketOf(s3), 'v1', join(folderWith(context), 'sources'));
      for (const [path, content] of Object.entries(FILES)) assert.equal(readFileSync(join(folder, path), 'utf8'), content);
      assert.deepEqual(readdirSync(join(folder, 'mocks')).toSorted(), ['a', 'c', 'd']);
      assert.deepEqual(readdirSync(folder).toSorted(), ['environment.json', 'mocks']);
    });
});

suite('or not at all:', () => {
  const wrongs: Record<string, [(s3: FakeS3) => void, RegExp]> = {
    'a file that is not there yet': [(s3) => s3.objects.delete('versions/v1/mocks/c/c.yaml'), /404 \(NoSuchKey\)/],
    'a file other than in the manifest': [(s3) => s3.put('versions/v1/mocks/c/c.yaml', 'stale'), /'mocks\/c\/c\.yaml' is not the one/],
    'half a file': [
      (s3) => {
        s3.disturb = (key, response) => key.endsWith('c.yaml') && (breakOff(response, Buffer.alloc(9999)), true);
      },
      /aborted/,
    ],
    'a broken manifest': [(s3) => s3.put('versions/v1/manifest.json', '{"files": [{"path": 1}]}'), /its manifest\.json is none/],
    'no files': [(s3) => s3.put('versions/v1/manifest.json', '{"files": []}'), /has no files/],
  };
  for (const path of ['../../out.yaml', '/etc/passwd', 'a//b', 'a/./b', 'a\\b', ''])
    wrongs[`a file named '${path}'`] = [
      (s3) => s3.put('versions/v1/manifest.json', { files: [{ path, sha256: '' }] }), /has a name that can't be a file's/,
    ];
  for (const [what, [harm, message]] of Object.entries(wrongs))
    test(what, async (context) => {
      const s3 = await new FakeS3(context).appear();
      s3.push('v1', FILES);
      harm(s3);
      const parent = folderWith(context);
      await assert.rejects(fetchVersion(bucketOf(s3), 'v1', parent), { message });
      assert.deepEqual(readdirSync(parent), []);
    });
});

test('old versions are removed, and nothing else', async (context) => {
  const s3 = await new FakeS3(context).appear();
  s3.push('v1', FILES);
  const parent = folderWith(context, { 'environment.json': '{}' });
  await fetchVersion(bucketOf(s3), 'v1', parent);
  const kept = await fetchVersion(bucketOf(s3), 'v1', parent);
  await removeVersionsBut(parent, kept);
  assert.deepEqual(readdirSync(parent).map((name) => join(parent, name)).toSorted(), [join(parent, 'environment.json'), kept].toSorted());
  await removeVersionsBut('/nowhere/at/all', undefined);
});
