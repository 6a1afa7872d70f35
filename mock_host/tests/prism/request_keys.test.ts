import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { loadDocument } from '../../src/prism/documents.ts';
import { headersReadFor } from '../../src/prism/operations.ts';
import { createRequestKey } from '../../src/prism/request_keys.ts';
import { folderWith } from '../support/folder.ts';
import type { Cleanup } from '../support/folder.ts';

const request = (headers: Record<string, string> = {}, method = 'GET'): IncomingMessage =>
  ({ method, headers }) as unknown as IncomingMessage;

const keyOf = createRequestKey(headersReadFor([]));

suite('two requests have one key only if Prism answers them alike', () => {
  const different: readonly (readonly [string, string | undefined])[] = [
    ['plain', keyOf(request(), '/a', null)],
    ['method', keyOf(request({}, 'HEAD'), '/a', null)],
    ['path', keyOf(request(), '/b', null)],
    ['query', keyOf(request(), '/a?x=1', null)],
    ['accept', keyOf(request({ accept: 'text/csv' }), '/a', null)],
    ['prefer', keyOf(request({ prefer: 'code=404' }), '/a', null)],
    ['cookie', keyOf(request({ cookie: 'a=1' }), '/a', null)],
    ['credentials', keyOf(request({ authorization: 'Basic x' }), '/a', null)],
    ['origin', keyOf(request({ origin: 'https://a.example.com' }), '/a', null)],
    ['empty body', keyOf(request(), '/a', Buffer.from(''))],
    ['body', keyOf(request(), '/a', Buffer.from('{}'))],
    ['content type', keyOf(request({ 'content-type': 'application/json' }), '/a', Buffer.from('{}'))],
    ['a body that looks like a header', keyOf(request(), '/a', Buffer.from('accept:text/csv'))],
  ];

  test('whatever differs', () => {
    assert.equal(new Set(different.map(([, key]) => key)).size, different.length);
    assert.ok(different.every(([, key]) => key !== undefined));
  });

  test('bytes of a body that are no text are told apart', () => {
    const keys = [[0x80], [0x81], [0xef, 0xbf, 0xbd]].map((bytes) => keyOf(request(), '/a', Buffer.from(bytes)));
    assert.equal(new Set(keys).size, keys.length);
  });

  test('what a load balancer adds to each request makes no difference', () => {
    const traced = request({ 'x-amzn-trace-id': 'Root=1-2', 'x-forwarded-for': '192.0.2.1', 'user-agent': 'curl' });
    assert.equal(keyOf(traced, '/a', null), keyOf(request(), '/a', null));
  });

  test('a long request has none', () => {
    assert.equal(keyOf(request(), `/${'a'.repeat(5000)}`, null), undefined);
    assert.equal(keyOf(request(), '/a', Buffer.alloc(5000)), undefined);
  });
});

test("a document's own header parameters and keys are read too, those of its paths and components included", async (context: Cleanup & object) => {
  const header = (name: string): object => ({ name, in: 'header', schema: { type: 'string' } });
  const document = {
    openapi: '3.0.3',
    info: { title: 'T', version: '1' },
    security: [{ everywhere: [] }],
    paths: {
      '/a': {
        parameters: [header('X-Of-Path')],
        get: { parameters: [header('X-Own'), { $ref: '#/components/parameters/shared' }], responses: { '200': { description: 'ok' } } },
        post: { security: [{ here: [] }], responses: { '200': { description: 'ok' } } },
      },
    },
    components: {
      parameters: { shared: header('X-Shared') },
      securitySchemes: {
        everywhere: { type: 'apiKey', in: 'header', name: 'X-Key' },
        here: { type: 'apiKey', in: 'header', name: 'X-Other-Key' },
      },
    },
  };
  const names = headersReadFor(await loadDocument(join(folderWith(context, { 'api.json': document }), 'api.json')));
  for (const name of ['x-of-path', 'x-own', 'x-shared', 'x-key', 'x-other-key']) assert.ok(names.includes(name), name);
});
