import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { digestOf, mayDiffer, movedFiles, stampOf } from '../../src/prism/source_files.ts';
import { folderWith } from '../support/folder.ts';

const LATER_MS = 10_000;

test('a stamp stays while the file does, and changes with it', async (context) => {
  const path = join(folderWith(context, { a: 'one' }), 'a');
  const later = (): Promise<string> => stampOf(path, Date.now() + LATER_MS);
  const first = await later();
  assert.notEqual(first, '');
  assert.equal(await later(), first);
  writeFileSync(path, 'three');
  const second = await later();
  assert.notEqual(second, first);
  rmSync(path);
  assert.equal(await later(), 'none:ENOENT');
});

test('of a file written a moment ago, no stamp proves that it is the same', async (context) => {
  const path = join(folderWith(context, { a: 'one' }), 'a');
  const stamp = await stampOf(path);
  assert.equal(stamp, '');
  assert.equal(await mayDiffer([{ path, stamp, digest: digestOf('one') }]), true);
});

test('files may differ as soon as one does', async (context) => {
  const folder = folderWith(context, { a: 'one' });
  const missing = { path: join(folder, 'b'), stamp: 'none:ENOENT', digest: '' };
  assert.equal(await mayDiffer([missing]), false);
  assert.equal(await mayDiffer([missing, { path: join(folder, 'a'), stamp: '1:2:3:4:5', digest: '' }]), true);
  assert.equal(await mayDiffer([]), false);
});

test('moved files keep their place below the folder, and what they held', () => {
  const file = { path: '/old/api/parts/a.yaml', stamp: 's', digest: 'd' };
  assert.deepEqual(movedFiles([file], '/old/api', '/new'), [{ path: '/new/parts/a.yaml', stamp: '', digest: 'd' }]);
});
