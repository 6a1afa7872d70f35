import assert from 'node:assert/strict';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { folderWith } from '../support/folder.ts';
import { startHost } from '../support/host.ts';
import { call } from '../support/http_client.ts';
import { DOCUMENTS } from '../support/paths.ts';

const DOCUMENT = join(DOCUMENTS, 'features.yaml');

const serve = async (context: TestContext, tokenHeader = 'x-mock-token'): Promise<string> =>
  (await startHost(context, { mocks: [{ name: 'features', path: '/', engine: 'prism', document: DOCUMENT }], tokenHeader })).url;

suite('where the Prism CLI gives no answer, the host does', () => {
  test('JSON that is none: 400 in the form of its framework (the CLI waits for ever)', async (context) => {
    const url = await serve(context);
    const made = { method: 'POST', target: '/orders', headers: { 'content-type': 'application/json' }, body: '{"id":' };
    const asJson = await call(url, made);
    assert.equal(asJson.status, 400);
    assert.deepEqual(JSON.parse(asJson.text), { error: { code: 'invalid_json', message: 'Invalid JSON' } });
    const asText = await call(url, { ...made, headers: { ...made.headers, accept: 'text/html' } });
    assert.equal(asText.text, 'Invalid JSON');
    assert.equal(asText.headers['content-type'], 'text/plain; charset=utf-8');
  });

  test('an escape that is none in a path parameter: 500 (the CLI ends)', async (context) => {
    const url = await serve(context);
    assert.equal((await call(url, { target: '/files/%zz/1' })).status, 500);
    assert.equal((await call(url, { target: '/tree' })).status, 200);
  });

  test('a violation told in characters that headers lack: escaped, and the answer comes (the CLI ends)', async (context) => {
    const violating = {
      openapi: '3.0.3',
      info: { title: 'T', version: '1' },
      paths: {
        '/a': {
          get: {
            responses: {
              '200': {
                description: 'ok',
                content: { 'application/json': { schema: { type: 'string', enum: ['日本'] }, example: 'other' } },
              },
            },
          },
        },
      },
    };
    const document = join(folderWith(context, { 'api.json': violating }), 'api.json');
    const { url } = await startHost(context, { mocks: [{ name: 'a', path: '/', engine: 'prism', document }] });
    const answer = await call(url, { target: '/a' });
    assert.deepEqual([answer.status, answer.text], [200, '"other"']);
    const [violation] = JSON.parse(String(answer.headers['sl-violations'])) as { message: string }[];
    assert.match(violation?.message ?? '', /日本/);
  });

  test('two slashes at the start stay part of the path (the CLI takes a host name from them)', async (context) => {
    const url = await serve(context);
    assert.match((await call(url, { target: '//tree' })).text, /The route \/\/tree hasn't been found/);
  });
});

test('a body over 10 MB is refused, by its length and by count', async (context) => {
  const url = await serve(context);
  const headers = { 'content-type': 'text/plain' };
  const body = Buffer.alloc(10 * 1024 * 1024 + 1, 'x');
  for (const more of [{}, { 'transfer-encoding': 'chunked' }]) {
    const answer = await call(url, { method: 'POST', target: '/orders', headers: { ...headers, ...more }, body });
    assert.equal(answer.status, 413);
    assert.deepEqual(JSON.parse(answer.text), {
      error: { code: 'request_entity_too_large', message: 'Body exceeded 10mb limit' },
    });
  }
  const longest = await call(url, { method: 'POST', target: '/orders', headers, body: body.subarray(1) });
  assert.equal(longest.status, 201);
});

test('each preference gets its own answer, however often and in whatever order they are asked for', async (context) => {
  const url = await serve(context);
  const ask = async (headers: Record<string, string>): Promise<string> => {
    const { status, headers: told, text } = await call(url, { target: '/orders', headers });
    return `${status} ${told['content-type']} ${'sl-violations' in told} ${text}`;
  };
  const kinds = [{}, { prefer: 'example=none' }, { prefer: 'example=wrong' }, { accept: 'text/csv' }, { prefer: 'code=404' }];
  const first = await Promise.all(kinds.map(ask));
  assert.equal(new Set(first).size, kinds.length);
  for (const [index, kind] of kinds.toReversed().entries())
    assert.equal(await ask(kind as Record<string, string>), first.toReversed()[index]);
});

test('a request that comes again gets the same answer byte for byte, whatever stands in between', async (context) => {
  const url = await serve(context);
  const requests = [
    { target: '/orders' },
    { target: '/orders', method: 'HEAD' },
    { target: '/orders', headers: { origin: 'https://a.example.com' } },
    { target: '/orders', headers: { 'x-forwarded-for': '192.0.2.1' } },
    { target: '/nowhere' },
    { target: '/orders/1' },
    { target: '/orders/1', headers: { authorization: 'Basic dXNlcjpwYXNz' } },
    { target: '/orders', method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"id":1}' },
    { target: '/orders', method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"id":"x"}' },
  ];
  const ask = async (request: (typeof requests)[number]): Promise<unknown> => {
    const { status, headers, text } = await call(url, request);
    return [status, { ...headers, date: 'any' }, text];
  };
  const first = [];
  for (const request of requests) first.push(await ask(request));
  for (const round of [requests, requests.toReversed(), requests])
    for (const request of round) assert.deepEqual(await ask(request), first[requests.indexOf(request)]);
});

test('an answer from memory is in the access log with its bytes', async (context) => {
  const mocks = [{ name: 'features', path: '/', engine: 'prism' as const, document: DOCUMENT }];
  const { url, journal } = await startHost(context, { mocks });
  const answers = [await call(url, { target: '/tree' }), await call(url, { target: '/tree' })];
  await call(url, { target: '/tree', method: 'HEAD' });
  const bytes = Buffer.byteLength(answers[0]?.text ?? '');
  assert.ok(bytes > 0);
  assert.deepEqual(journal.map((entry) => [entry.status, entry.bytes]), [[200, bytes], [200, bytes], [405, 0]]);
});

test('dynamic answers are made anew each time', async (context) => {
  const url = await serve(context);
  const texts = new Set<string>();
  for (let count = 0; count < 8; count += 1)
    texts.add((await call(url, { target: '/orders', headers: { prefer: 'dynamic=true' } })).text);
  assert.ok(texts.size > 1);
});

test("our token is not taken for the mocked API's own credentials", async (context) => {
  const made = { method: 'GET', target: '/orders/1', headers: { authorization: 'Basic dXNlcjpwYXNz' } };
  assert.equal((await call(await serve(context, 'x-mock-token'), made)).status, 200);
  assert.equal((await call(await serve(context, 'authorization'), made)).status, 401);
});
