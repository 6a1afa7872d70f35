import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadDocument } from '../../src/prism/documents.ts';
import { toOperations } from '../../src/prism/operations.ts';
import { pack, unpack } from '../../src/reload/parcels.ts';
import { DOCUMENTS } from '../support/paths.ts';

test('operations come out as they went in, with what is said of each', async () => {
  const operations = await loadDocument(join(DOCUMENTS, 'features.yaml'));
  const unpacked = unpack(pack(operations));
  const here = toOperations(operations);
  assert.deepEqual(unpacked.entries.map(({ operation }) => operation()), operations);
  assert.deepEqual(
    unpacked.entries.map(({ path, hasServers }) => [path, hasServers]),
    here.entries.map(({ path, hasServers }) => [path, hasServers]),
  );
  assert.deepEqual(unpacked.headersRead, here.headersRead);
});

test('one that refers to itself, and non-ASCII', () => {
  const schema: Record<string, unknown> = { title: 'grüße 二' };
  schema['self'] = schema;
  const [entry] = unpack(pack([{ id: 'x', schema } as never])).entries;
  const operation = entry?.operation() as never as { schema: typeof schema };
  assert.equal(operation.schema['self'], operation.schema);
  assert.equal(operation.schema['title'], 'grüße 二');
});

test('an operation is the same object whenever it is asked for', () => {
  const [entry] = unpack(pack([{ id: 'x' } as never])).entries;
  assert.equal(entry?.operation(), entry?.operation());
});
