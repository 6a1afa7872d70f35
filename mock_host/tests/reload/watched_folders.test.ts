import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { foldersToWatch } from '../../src/reload/watched_folders.ts';
import { folderWith } from '../support/folder.ts';

test("a file's own folder, once for all files in it, whether they exist or not", (context) => {
  const folder = folderWith(context, { 'a.yaml': '', 'parts/b.yaml': '' });
  const paths = ['a.yaml', 'missing.yaml', 'parts/b.yaml', 'gone/c.yaml'].map((name) => join(folder, name));
  assert.deepEqual([...foldersToWatch(paths)].toSorted(), [folder, join(folder, 'gone'), join(folder, 'parts')]);
});

test('the folder of each link on the way, and the one it leads to', (context) => {
  const folder = folderWith(context, { 'real/v1/a.yaml': '', 'mounted/keep': '' });
  symlinkSync('../real/v1', join(folder, 'mounted/..data'));
  symlinkSync('..data/a.yaml', join(folder, 'mounted/a.yaml'));
  symlinkSync('mounted', join(folder, 'alias'));
  assert.deepEqual([...foldersToWatch([join(folder, 'alias/a.yaml')])].toSorted(), [
    folder, join(folder, 'mounted'), join(folder, 'real/v1'),
  ]);
});

test('links in a circle come to an end', (context) => {
  const folder = folderWith(context);
  symlinkSync('two', join(folder, 'one'));
  symlinkSync('one', join(folder, 'two'));
  assert.deepEqual([...foldersToWatch([join(folder, 'one/x/a.yaml')])].includes(folder), true);
});
