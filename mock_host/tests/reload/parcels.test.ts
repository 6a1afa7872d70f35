import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadDocument } from '../../src/prism/documents.ts';
import { pack, unpack } from '../../src/reload/parcels.ts';
import { DOCUMENTS } from '../support/paths.ts';

test('operations come out as they went in', async () => {
  const operations = await loadDocument(join(DOCUMENTS, 'features.yaml'));
  assert.deepEqual(await unpack(pack(operations), () => 0), operations);
});

test('one that refers to itself, and non-ASCII', async () => {
  const schema: Record<string, unknown> = { title: 'grüße 二' };
  schema['self'] = schema;
  const [operation] = (await unpack(pack([{ id: 'x', schema } as never]), () => 0)) as never as [{ schema: typeof schema }];
  assert.equal(operation.schema['self'], operation.schema);
  assert.equal(operation.schema['title'], 'grüße 二');
});

test('others get their turn between slices', async () => {
  let nowMs = 0;
  let turns = 0;
  const parcels = pack(Array.from({ length: 100 }, (_, index) => ({ id: String(index) }) as never));
  const count = (): void => {
    turns += 1;
    counting = setImmediate(count);
  };
  let counting = setImmediate(count);
  const operations = await unpack(parcels, () => (nowMs += 1));
  clearImmediate(counting);
  assert.deepEqual(operations.map(({ id }) => id), Array.from({ length: 100 }, (_, index) => String(index)));
  assert.ok(turns >= 20, `${turns} turns`);
});
