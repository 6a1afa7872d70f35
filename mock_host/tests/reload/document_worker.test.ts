import assert from 'node:assert/strict';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { test } from 'node:test';
import { DocumentWorker, type DocumentWorkerOptions } from '../../src/reload/document_worker.ts';
import { loadHere, type Outcome } from '../../src/reload/load.ts';
import { folderWith, type Cleanup } from '../support/folder.ts';
import { documentThatRefers, documentThatSays } from '../support/openapi.ts';
import { DOCUMENTS, MAIN } from '../support/paths.ts';

function worker(context: Cleanup, overrides: Partial<DocumentWorkerOptions> = {}): DocumentWorker {
  const options = { module: pathToFileURL(MAIN), limitMs: 60_000, ...overrides };
  const made = new DocumentWorker(options);
  context.after(made.end);
  return made;
}

/** An outcome with its operations in place of the ways to them. */
function unpacked(outcome: Outcome): unknown {
  if (outcome.kind !== 'loaded') return outcome;
  const entries = outcome.operations.entries.map((entry) => ({ ...entry, operation: entry.operation() }));
  return { ...outcome, operations: { ...outcome.operations, entries } };
}

test('gives what loading in the same thread gives', async (context) => {
  const document = join(DOCUMENTS, 'features.yaml');
  const [there, here] = await Promise.all([worker(context).load(document, []), loadHere(document, [])]);
  assert.deepEqual(unpacked(there), unpacked(here));
});

test('loads again only what has other content, in any of its files', async (context) => {
  const folder = folderWith(context, { 'api.json': documentThatRefers('part.yaml'), 'part.yaml': 'type: string' });
  const { load } = worker(context);
  const document = join(folder, 'api.json');
  const first = await load(document, []);
  assert.deepEqual(first.files.map(({ path }) => path), [document, join(folder, 'part.yaml')]);
  assert.equal((await load(document, first.files)).kind, 'unchanged');
  appendFileSync(join(folder, 'part.yaml'), '\nexample: new\n');
  const third = await load(document, first.files);
  assert.equal(third.kind, 'loaded');
  assert.notEqual(third.files[1]?.digest, first.files[1]?.digest);
});

test('says why a document failed, and which files were tried', async (context) => {
  const folder = folderWith(context, { 'api.yaml': 'openapi: 3.0.0\npaths: [\n' });
  const { load } = worker(context);
  const failed = await load(join(folder, 'api.yaml'), []);
  assert.equal(failed.kind, 'failed');
  if (failed.kind !== 'failed') return;
  assert.deepEqual([failed.failure.file, typeof failed.failure.line], [join(folder, 'api.yaml'), 'number']);
  assert.deepEqual(failed.files.map(({ path }) => path), [join(folder, 'api.yaml')]);
  assert.equal((await load(join(folder, 'api.yaml'), failed.files)).kind, 'unchanged');
});

test('several asked for at once come one by one, each to who asked', async (context) => {
  const folder = folderWith(context, { 'a.json': documentThatSays('a'), 'c.json': documentThatSays('c') });
  const { load } = worker(context);
  const outcomes = await Promise.all(['a.json', 'b.json', 'c.json'].map((name) => load(join(folder, name), [])));
  assert.deepEqual(outcomes.map(({ kind }) => kind), ['loaded', 'failed', 'loaded']);
  assert.match(JSON.stringify(unpacked(outcomes[2] as Outcome)), /"c"/);
});

test('a document that fills the memory costs the thread, not the host; the next one is loaded', async (context) => {
  const folder = folderWith(context, { 'good.json': documentThatSays('good') });
  const large = join(folder, 'large.yaml');
  writeFileSync(large, `openapi: 3.0.0\nlist:\n${'  - {a: b}\n'.repeat(400_000)}`);
  const { load } = worker(context, { heapMebibytes: 48 });
  const failed = await load(large, []);
  assert.match(failed.kind === 'failed' ? failed.failure.reason : failed.kind, /needs more memory/);
  assert.deepEqual(failed.files.map(({ path }) => path), [large]);
  assert.equal((await load(join(folder, 'good.json'), [])).kind, 'loaded');
});

test('a document that takes too long is given up', async (context) => {
  const { load } = worker(context, { limitMs: 1 });
  const failed = await load(join(DOCUMENTS, 'features.yaml'), []);
  assert.match(failed.kind === 'failed' ? failed.failure.reason : failed.kind, /longer than 0\.001 s/);
});

test('a thread that ends between two loads is replaced', async (context) => {
  const folder = folderWith(context, { 'a.json': documentThatSays('a') });
  const { load, end } = worker(context);
  assert.equal((await load(join(folder, 'a.json'), [])).kind, 'loaded');
  await end();
  assert.equal((await load(join(folder, 'a.json'), [])).kind, 'loaded');
});
