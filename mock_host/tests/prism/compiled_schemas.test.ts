import '../../src/prism/compiled_schemas.ts';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import Ajv, { type ValidateFunction } from 'ajv';
import { startHost } from '../support/host.ts';
import { folderWith } from '../support/folder.ts';
import { call } from '../support/http_client.ts';

const ITEM = { $id: 'https://api.example.com/item', type: 'object', required: ['count'], properties: { count: { type: 'integer' } } };
const taking = { requestBody: { content: { 'application/json': { schema: ITEM } } }, responses: { '200': { description: 'ok' } } };

test('schemas with one $id are each validated, in one document and in two', async (context) => {
  const folder = folderWith(context, {
    'one.json': { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: { '/a': { post: taking, put: taking } } },
  });
  const document = join(folder, 'one.json');
  const { url } = await startHost(context, {
    mocks: ['one', 'two'].map((name) => ({ name, path: `/${name}`, engine: 'prism', document })),
  });
  const headers = { 'content-type': 'application/json' };
  for (const target of ['/one/a', '/two/a'])
    for (const method of ['POST', 'PUT', 'POST']) {
      assert.equal((await call(url, { method, target, headers, body: '{"count":"x"}' })).status, 422, `${method} ${target}`);
      assert.equal((await call(url, { method, target, headers, body: '{"count":1}' })).status, 200, `${method} ${target}`);
    }
});

/** A schema whose code refers to much outside of itself: patterns, formats, lengths, itself. */
const tree = (name: string): object => ({
  type: 'object',
  required: [name],
  properties: {
    [name]: { type: 'string', minLength: 2, pattern: `^${name}`, enum: [`${name}é`, `${name}!`] },
    at: { type: 'string', format: 'date-time' },
    below: { $ref: '#' },
    list: { type: 'array', uniqueItems: true, items: { $ref: '#/$defs/leaf' } },
  },
  $defs: { leaf: { type: 'object', properties: { n: { type: 'integer', const: 3 } } } },
});

test('what a validator remembers does not grow with the schemas it compiles, and each goes on working', () => {
  const ajv = new Ajv.default({ strict: false, allErrors: true });
  ajv.addFormat('date-time', /^\d{4}-/);
  const names = Array.from({ length: 20 }, (_, index) => `a${index}`);
  const validators = names.map((name) => ajv.compile(tree(name)));
  assert.deepEqual(remembered(ajv), remembered(new Ajv.default()));
  for (const [index, name] of names.entries()) {
    const validate = validators[index] as ValidateFunction;
    const right = { [name]: `${name}é`, at: '2026-01-01', below: { [name]: `${name}!` }, list: [{ n: 3 }] };
    assert.ok(validate(right), JSON.stringify(validate.errors));
    for (const wrong of [{ [name]: 'x' }, { ...right, at: 'now' }, { ...right, below: {} }, { ...right, list: [{ n: 4 }] }])
      assert.ok(!validate(wrong), JSON.stringify(wrong));
  }
});

function remembered(ajv: object): unknown {
  const { _values: values, _scope: scope } = (ajv as { scope: { _values: Record<string, Map<unknown, unknown>>; _scope: Record<string, unknown[]> } }).scope;
  const counts = [...Object.values(values).map(({ size }) => size), ...Object.values(scope).map(({ length }) => length)];
  return counts.reduce((sum, count) => sum + count, 0);
}
