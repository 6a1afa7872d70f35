import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { suite, test, type TestContext } from 'node:test';
import type { Mock } from '../../src/configuration.ts';
import type { FaultSettings } from '../../src/faults/settings.ts';
import { eventually } from '../support/eventually.ts';
import { folderWith } from '../support/folder.ts';
import { startHost, type TestHostOptions } from '../support/host.ts';
import { call } from '../support/http_client.ts';
import { documentThatSays } from '../support/openapi.ts';
import { startUpstream } from '../support/upstream.ts';
import { join } from 'node:path';

const DELAY_MS = 60;
/** A timer may be up to a millisecond early by the clock that the journal reads. */
const AT_LEAST_MS = DELAY_MS - 2;

/** A host with a Prism mock at /prism and an upstream mock at /ledger, which keeps what it is asked. */
async function start(context: TestContext, faults: FaultSettings | null = null, more: Partial<TestHostOptions> = {}) {
  const asked: IncomingMessage[] = [];
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    asked.push(request);
    response.end('upstream');
  };
  const settings = faults ? { faults } : {};
  const document = join(folderWith(context, { 'a.json': documentThatSays('prism') }), 'a.json');
  const prism: Mock = { name: 'prism', path: '/prism', engine: 'prism', document, ...settings };
  const upstream: Mock = { ...(await startUpstream(context, listener)), ...settings };
  return { ...(await startHost(context, { mocks: [prism, upstream], ...more })), asked };
}

const targets = ['/prism/a', '/ledger/a'];

suite('a caller', () => {
  test('delays its own request, before any engine, and it is noted', async (context) => {
    const { url, journal } = await start(context);
    for (const target of targets) {
      const answer = await call(url, { target, headers: { 'x-mock-delay-ms': String(DELAY_MS) } });
      assert.equal(answer.status, 200, target);
      const entry = journal.at(-1);
      assert.deepEqual([entry?.fault?.delayMs, entry?.fault?.status], [DELAY_MS, null]);
      assert.ok((entry?.durationMs ?? 0) >= AT_LEAST_MS, `${target} took ${entry?.durationMs} ms`);
    }
    await call(url, { target: targets[0] as string });
    assert.equal(journal.at(-1)?.fault, null);
  });

  test('fails its own request, which no engine sees', async (context) => {
    const { url, journal, asked } = await start(context);
    for (const target of targets) {
      const answer = await call(url, { method: 'POST', target, headers: { 'x-mock-status': '503' }, body: 'x'.repeat(100_000) });
      assert.equal(answer.status, 503);
      assert.equal(answer.headers['content-type'], 'application/problem+json');
      const { title, status, detail } = JSON.parse(answer.text) as Record<string, unknown>;
      assert.deepEqual([title, status], ['Service Unavailable', 503]);
      assert.match(String(detail), /asked for with x-mock-status/);
      assert.equal(journal.at(-1)?.fault?.status, 503);
    }
    assert.deepEqual(asked, []);
  });

  test('asks for both, and for a status without a name; HEAD has no body', async (context) => {
    const { url, journal } = await start(context);
    const headers = { 'x-mock-delay-ms': String(DELAY_MS), 'x-mock-status': '599' };
    assert.equal(JSON.parse((await call(url, { target: '/prism/a', headers })).text).title, 'Fault');
    assert.ok((journal.at(-1)?.durationMs ?? 0) >= AT_LEAST_MS);
    const head = await call(url, { method: 'HEAD', target: '/prism/a', headers });
    assert.deepEqual([head.status, head.text], [599, '']);
  });

  test('is told what it may ask for', async (context) => {
    const { url, asked, faults } = await start(context);
    for (const [name, value] of [['x-mock-delay-ms', '25000'], ['x-mock-status', '200']] as const)
      for (const target of targets) {
        const answer = await call(url, { target, headers: { [name]: value } });
        assert.deepEqual([answer.status, answer.headers['content-type']], [400, 'application/problem+json']);
        assert.match(JSON.parse(answer.text).detail, new RegExp(`^${name} must be`));
      }
    assert.deepEqual([asked, faults], [[], []]);
  });

  test('that leaves while it waits is not passed on', async (context) => {
    const { url, journal, asked } = await start(context);
    await assert.rejects(fetch(`${url}/ledger/a`, { headers: { 'x-mock-delay-ms': '20000' }, signal: AbortSignal.timeout(50) }));
    await eventually(() => journal.length === 1);
    assert.equal(journal[0]?.status, 0);
    assert.deepEqual(asked, []);
  });

  test('in a browser can read the faults of a Prism mock', async (context) => {
    const { url } = await start(context);
    const origin = 'https://app.example.com';
    for (const wish of [{ 'x-mock-status': '500' }, { 'x-mock-status': 'no' }]) {
      const { headers } = await call(url, { target: '/prism/a', headers: { origin, ...wish } as Record<string, string> });
      assert.equal(headers['access-control-allow-origin'], origin);
    }
  });
});

test('no upstream sees the headers that ask for faults', async (context) => {
  const { url, asked } = await start(context);
  await call(url, { target: '/ledger/a', headers: { 'X-Mock-Delay-Ms': '1', 'x-other': 'kept' } });
  assert.equal(asked[0]?.headers['x-mock-delay-ms'], undefined);
  assert.equal(asked[0]?.headers['x-other'], 'kept');
});

suite("a mock's settings", () => {
  test('delay each request; a caller may want none of it', async (context) => {
    const { url, journal } = await start(context, { latency: { kind: 'fixed', ms: DELAY_MS }, errors: null });
    for (const target of targets) {
      await call(url, { target });
      assert.equal(journal.at(-1)?.fault?.delayMs, DELAY_MS);
      assert.ok((journal.at(-1)?.durationMs ?? 0) >= AT_LEAST_MS);
      await call(url, { target, headers: { 'x-mock-delay-ms': '0' } });
      assert.equal(journal.at(-1)?.fault, null);
    }
  });

  test('fail a share of the requests, and say that it is meant', async (context) => {
    const { url, asked } = await start(context, { latency: null, errors: { share: 1, status: 429 } });
    for (const target of targets) {
      const answer = await call(url, { target });
      assert.equal(answer.status, 429);
      assert.match(answer.text, /set to fail a share of its requests/);
    }
    assert.deepEqual(asked, []);
  });

  test('leave preflights and health alone', async (context) => {
    const { url } = await start(context, { latency: null, errors: { share: 1, status: 500 } });
    const preflight = { origin: 'https://app.example.com', 'access-control-request-method': 'PUT' };
    assert.equal((await call(url, { method: 'OPTIONS', target: '/prism/a', headers: preflight })).status, 204);
    assert.equal((await call(url, { target: '/_mockenv/health' })).status, 200);
  });
});

test('in the gateway role a request must be allowed before it may fail as it likes', async (context) => {
  const validator = (event: object): Promise<boolean> => Promise.resolve(JSON.stringify(event).includes('Bearer good'));
  const { url } = await start(context, null, { gateway: { validator } });
  const status = async (headers: Record<string, string>): Promise<number> =>
    (await call(url, { target: '/prism/a', headers: { ...headers, 'x-mock-status': '503' } })).status;
  assert.equal(await status({}), 401);
  assert.equal(await status({ authorization: 'Bearer bad' }), 403);
  assert.equal(await status({ authorization: 'Bearer good' }), 503);
});
