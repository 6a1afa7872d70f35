import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
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
