import assert from 'node:assert/strict';
import { join } from 'node:path';
import { connect } from 'node:net';
import { suite, test } from 'node:test';
import type { Mock } from '../src/configuration.ts';
import { startHost } from './support/host.ts';
import { call } from './support/http_client.ts';
import { SPECS } from './support/paths.ts';
import { startUpstream } from './support/upstream.ts';

const USPTO = join(SPECS, 'uspto.yaml');
const at = (name: string, path: string): Mock => ({ name, path, engine: 'prism', document: USPTO });

test('several mocks side by side, each under its base path', async (context) => {
  const { url, journal } = await startHost(context, { mocks: [at('root', '/'), at('below', '/below/it')] });
  const asked: [string, string][] = [
    ['/', 'root'], ['/below/it', 'below'], ['/below/it/', 'below'], ['/below/it/oa_citations/v1/fields', 'below'],
  ];
  for (const [target] of asked) assert.equal((await call(url, { target })).status, 200, target);
  assert.equal((await call(url, { target: '/below/itself' })).status, 404);
  assert.deepEqual(journal.map(({ mock }) => mock), [...asked.map(([, mock]) => mock), 'root']);
});

test('without a mock at the root, other paths are told what there is', async (context) => {
  const { url, journal } = await startHost(context, { mocks: [at('one', '/one'), at('two', '/two')] });
  const answer = await call(url, { target: '/other?x' });
  assert.equal(answer.status, 404);
  assert.equal(answer.headers['content-type'], 'application/problem+json');
  const { message, detail } = JSON.parse(answer.text) as { message: string; detail: string };
  assert.equal(message, 'Not Found');
  assert.match(detail, /\/one \(one\), \/two \(two\)/);
  assert.deepEqual(journal.map(({ mock, status, path }) => [mock, status, path]), [[null, 404, '/other']]);
});

suite("paths under /_mockenv are the host's own, even with a mock at the root", () => {
  test('health answers GET and HEAD', async (context) => {
    const { url } = await startHost(context, { mocks: [at('root', '/')] });
    const health = await call(url, { target: '/_mockenv/health?x' });
    assert.deepEqual(JSON.parse(health.text), {
      status: 'healthy', environment: 'pr-7', mocks: [{ name: 'root', path: '/', engine: 'prism', state: 'serving' }],
    });
    assert.equal((await call(url, { method: 'HEAD', target: '/_mockenv/health' })).text, '');
    assert.equal((await call(url, { method: 'POST', target: '/_mockenv/health' })).status, 405);
  });

  test('the rest is not found, by us', async (context) => {
    const { url } = await startHost(context, { mocks: [at('root', '/')] });
    for (const target of ['/_mockenv', '/_mockenv/', '/_mockenv/health/', '/_mockenv/mocks'])
      assert.match((await call(url, { target })).text, /the host's own/, target);
    assert.match((await call(url, { target: '/_mockenvx' })).text, /NO_PATH_MATCHED/);
  });
});

test('while draining, health fails and connections are not kept', async (context) => {
  let draining = false;
  const { url } = await startHost(context, { mocks: [at('root', '/')], isDraining: () => draining });
  draining = true;
  assert.equal((await call(url, { target: '/_mockenv/health' })).status, 503);
  const answer = await call(url, { target: '/', headers: { connection: 'keep-alive' } });
  assert.deepEqual([answer.status, answer.headers.connection], [200, 'close']);
});

test('a request line in absolute form reaches the same mock', async (context) => {
  const { url } = await startHost(context, { mocks: [at('one', '/one')] });
  assert.equal((await call(url, { target: 'http://elsewhere.example.com/one/' })).status, 200);
});

test('what is no HTTP, and a caller that leaves, harm nobody else', async (context) => {
  const slow = await startUpstream(context, () => undefined);
  const { url, faults, journal } = await startHost(context, { mocks: [at('one', '/one'), slow] });
  const socket = connect(Number(new URL(url).port), '127.0.0.1').setEncoding('utf8');
  socket.write('nonsense\r\n\r\n');
  let said = '';
  for await (const chunk of socket) said += String(chunk);
  assert.match(said, /^HTTP\/1\.1 400 Bad Request\r\n/);
  await assert.rejects(fetch(`${url}/ledger/x`, { signal: AbortSignal.timeout(100) }));
  assert.equal((await call(url, { target: '/one' })).status, 200);
  assert.equal(journal.find(({ mock }) => mock === 'ledger')?.status, 0);
  assert.deepEqual(faults, []);
});
