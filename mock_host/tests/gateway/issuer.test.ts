import assert from 'node:assert/strict';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { InvocationError, createInvokeClient, type Invoke } from '../../src/gateway/invoke_client.ts';
import { FakeValidator, raise } from '../support/fake_validator.ts';
import { startHost, type TestHost } from '../support/host.ts';
import { call, type Answer } from '../support/http_client.ts';
import { SPECS } from '../support/paths.ts';

const TOKEN = '/_mockenv/token';
const READ = ['/_mockenv/jwks.json', '/_mockenv/.well-known/openid-configuration'];
const MOCK = { name: 'root', path: '/', engine: 'prism', document: join(SPECS, 'uspto.yaml') } as const;

interface Event {
  readonly rawPath: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly requestContext: { readonly http: { readonly method: string } };
  readonly body: string;
}

interface Fixture extends TestHost {
  readonly events: Event[];
}

const ANSWER = { statusCode: 401, headers: { 'content-type': 'application/json', 'cache-control': 'no-store' }, body: '{"ä":1}' };

async function fixture(context: TestContext, answer: Invoke = () => Promise.resolve(ANSWER)): Promise<Fixture> {
  const events: Event[] = [];
  const invoke: Invoke = (event) => {
    events.push(event as Event);
    return answer(event);
  };
  const gateway = { validator: () => Promise.resolve(false) };
  return { ...(await startHost(context, { mocks: [MOCK], gateway, issuer: { invoke } })), events };
}

test('what is asked reaches the issuer, but for the query, and its answer the caller', async (context) => {
  const { url, events, journal } = await fixture(context);
  const headers = { authorization: 'Basic YTpi', 'content-type': 'application/json' };
  const answer = await call(url, { method: 'POST', target: `${TOKEN}?password=x`, headers, body: '{"ü":1}' });
  assert.deepEqual([answer.status, answer.text, answer.headers['cache-control']], [401, '{"ä":1}', 'no-store']);
  const [event] = events;
  assert.deepEqual([event?.rawPath, event?.requestContext.http.method], [TOKEN, 'POST']);
  assert.equal(event?.headers['authorization'], 'Basic YTpi');
  assert.equal(Buffer.from(event?.body ?? '', 'base64').toString(), '{"ü":1}');
  assert.ok(!JSON.stringify([event, journal]).includes('password=x'));
});

test('keys and discovery are read without a token', async (context) => {
  const { url, events } = await fixture(context);
  for (const target of READ) assert.equal((await call(url, { target })).status, 401);
  assert.deepEqual(events.map(({ rawPath }) => rawPath), READ);
});

test('where there is no issuer, as on AWS, these paths are nothing', async (context) => {
  const { url } = await startHost(context, { mocks: [MOCK] });
  for (const target of [TOKEN, ...READ]) assert.match((await call(url, { method: 'POST', target })).text, /the host's own/);
});

suite('a page in the browser of this machine gets nothing', () => {
  const ask = (url: string, headers: readonly string[], method = 'POST', target = TOKEN): Promise<Answer> =>
    call(url, { method, target, headers, body: 'grant_type=client_credentials' });

  test('under a name that is let lead here', async (context) => {
    const { url, events } = await fixture(context);
    const { port } = new URL(url);
    const names = ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', 'evil@localhost', '10.0.0.1', '[::2]', 'localhost:1:2', ''];
    for (const name of names) assert.ok([400, 403].includes((await ask(url, ['host', name === '' ? '' : `${name}:${port}`])).status), name);
    for (const target of READ) assert.equal((await ask(url, ['host', 'evil.example'], 'GET', target)).status, 403);
    assert.ok((await ask(url, ['host', 'localhost', 'host', 'evil.example'])).status >= 400);
    assert.deepEqual(events, []);
  });

  test('from another origin', async (context) => {
    const { url, events } = await fixture(context);
    const { host, port } = new URL(url);
    const origins = ['https://evil.example', 'null', `https://${host}`, 'http://127.0.0.1:1', `http://localhost:${port}`, `http://${host}, http://evil.example`];
    for (const origin of origins) {
      const answer = await ask(url, ['host', host, 'origin', origin]);
      assert.deepEqual([answer.status, /another origin/.test(answer.text)], [403, true], origin);
    }
    assert.deepEqual(events, []);
  });

  test('and no answer says that it may be read', async (context) => {
    const { url } = await fixture(context);
    const { host } = new URL(url);
    for (const method of ['OPTIONS', 'GET', 'POST']) {
      const answer = await ask(url, ['host', host, 'origin', 'https://evil.example', 'access-control-request-method', 'POST'], method);
      assert.deepEqual(Object.keys(answer.headers).filter((name) => name.startsWith('access-control')), []);
    }
  });

  test('while this machine is answered under each of its names, and a page of the address itself', async (context) => {
    const { url, events } = await fixture(context);
    const { port, host } = new URL(url);
    const names = ['localhost', `LocalHost:${port}`, `127.0.0.1:${port}`, '127.1.2.3', `[::1]:${port}`];
    for (const name of names) assert.equal((await ask(url, ['host', name])).status, 401, name);
    assert.equal((await ask(url, ['host', host, 'origin', url])).status, 401);
    assert.equal(events.length, names.length + 1);
  });
});

test('a body over 8 KB is not read', async (context) => {
  const { url, events } = await fixture(context);
  const post = (bytes: number) => call(url, { method: 'POST', target: TOKEN, body: 'x'.repeat(bytes) });
  assert.equal((await post(8192)).status, 401);
  assert.equal((await post(8193)).status, 413);
  assert.equal(events.length, 1);
});

suite('an issuer without an answer is a 500, and told of', () => {
  const failures: Record<string, [Invoke, RegExp]> = {
    'that can not be reached': [() => Promise.reject(new InvocationError('is gone')), /is gone/],
    'that says nothing': [() => Promise.resolve(null), /without statusCode/],
    'with a status in words': [() => Promise.resolve({ ...ANSWER, statusCode: '200' }), /without statusCode/],
    'without headers': [() => Promise.resolve({ ...ANSWER, headers: null }), /without statusCode/],
    'with a body that is no text': [() => Promise.resolve({ ...ANSWER, body: {} }), /without statusCode/],
  };
  for (const [what, [answer, reason]] of Object.entries(failures)) {
    test(what, async (context) => {
      const { url, issuerFailures } = await fixture(context, answer);
      assert.equal((await call(url, { method: 'POST', target: TOKEN })).status, 500);
      assert.match(issuerFailures.join(), reason);
    });
  }

  test('also over the socket', async (context) => {
    const { socketPath } = await new FakeValidator(context, raise).start();
    const { url, issuerFailures } = await fixture(context, createInvokeClient({ socketPath, timeoutMs: 2_000 }));
    assert.equal((await call(url, { method: 'POST', target: TOKEN })).status, 500);
    assert.match(issuerFailures.join(), /raised an exception/);
  });
});
