import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import { request as startRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { suite, test } from 'node:test';
import { createUpstreamAnswerer } from '../../src/upstream/answer.ts';
import { createServer } from 'node:http';
import { eventually } from '../support/eventually.ts';
import { FakeMockServer, says } from '../support/fake_mockserver.ts';
import { folderWith } from '../support/folder.ts';
import { startHost } from '../support/host.ts';
import { call } from '../support/http_client.ts';
import { startUpstream, textOf } from '../support/upstream.ts';

/** Answers with what it was sent. */
const echo = (request: IncomingMessage, response: ServerResponse): void => {
  void textOf(request).then((body) => {
    const { method, url, rawHeaders } = request;
    response.end(JSON.stringify({ method, url, rawHeaders, body }));
  });
};

interface Echoed {
  readonly method: string;
  readonly url: string;
  readonly rawHeaders: string[];
  readonly body: string;
}

const echoedBy = async (answer: Promise<{ text: string }>): Promise<Echoed> => JSON.parse((await answer).text) as Echoed;

test('the base path is taken off; the rest of the target, method and body travel as they are', async (context) => {
  const { url } = await startHost(context, { mocks: [await startUpstream(context, echo)] });
  const target = '/ledger//a%2Fb/../c?x=%20&y';
  assert.deepEqual(
    await echoedBy(call(url, { method: 'PATCH', target, body: 'grün' })).then(({ method, url: got, body }) => [method, got, body]),
    ['PATCH', '//a%2Fb/../c?x=%20&y', 'grün'],
  );
  assert.equal((await echoedBy(call(url, { target: '/ledger' }))).url, '/');
  const chunked = { method: 'DELETE', target: '/ledger/x', headers: { 'transfer-encoding': 'chunked' }, body: 'kept' };
  assert.equal((await echoedBy(call(url, chunked))).body, 'kept');
});

test("hop headers and what is ours stay behind; the rest keeps its spelling and order", async (context) => {
  const mock = await startUpstream(context, echo);
  const { url } = await startHost(context, { mocks: [mock] });
  const headers = [
    'X-Keep', '1', 'Authorization', 'secret', 'x-keep', '2', 'X-Mock-Environment', 'evil', 'Connection', 'keep-alive, X-Hop',
    'X-Hop', 'gone', 'TE', 'trailers', 'Proxy-Authorization', 'gone', 'Host', 'asked.example.com', 'authorization', 'again',
  ];
  const { rawHeaders } = await echoedBy(call(url, { target: '/ledger/x', headers }));
  assert.deepEqual(rawHeaders, [
    'X-Keep', '1', 'x-keep', '2', 'Host', mock.upstream.host, 'x-mock-environment', 'pr-7', 'Connection', 'keep-alive',
  ]);
});

test("status, repeated headers and body of the answer travel back; its hop headers don't", async (context) => {
  const mock = await startUpstream(context, (_, response) => {
    response.writeHead(418, 'Teapot', ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2', 'X-Own', 'y', 'Proxy-Authenticate', 'gone']).end('tea');
  });
  const { url, journal } = await startHost(context, { mocks: [mock] });
  const answer = await call(url, { target: '/ledger/x' });
  assert.equal(answer.status, 418);
  assert.deepEqual(answer.headers['set-cookie'], ['a=1', 'b=2']);
  assert.equal(answer.headers['x-own'], 'y');
  assert.equal('proxy-authenticate' in answer.headers, false);
  assert.equal(answer.text, 'tea');
  assert.deepEqual(journal.map(({ mock: name, status, bytes }) => [name, status, bytes]), [['ledger', 418, 3]]);
});

test('HEAD and 204 have no body', async (context) => {
  const mock = await startUpstream(context, ({ method }, response) => {
    if (method === 'HEAD') response.writeHead(200, { 'content-length': 5 }).end();
    else response.writeHead(204).end();
  });
  const { url } = await startHost(context, { mocks: [mock] });
  const head = await call(url, { method: 'HEAD', target: '/ledger/x' });
  assert.deepEqual([head.status, head.headers['content-length'], head.text], [200, '5', '']);
  assert.equal((await call(url, { target: '/ledger/x' })).status, 204);
});

test('it streams: each side sees the first part before the last is sent', async (context) => {
  const mock = await startUpstream(context, (request, response) => {
    request.once('data', () => response.write('first '));
    request.once('end', () => response.end('last'));
    request.resume();
  });
  const { url } = await startHost(context, { mocks: [mock] });
  const outgoing = startRequest(`${url}/ledger/x`, { method: 'POST', headers: { 'transfer-encoding': 'chunked' } });
  outgoing.write('one');
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  const [first] = (await once(incoming, 'data')) as [Buffer];
  assert.equal(first.toString(), 'first ');
  outgoing.end('two');
  assert.equal(await textOf(incoming), 'last');
});

test('a slow reader holds the upstream back', async (context) => {
  let sent = 0;
  const chunk = Buffer.alloc(64 * 1024);
  const mock = await startUpstream(context, (_, response) => {
    const more = (): void => {
      while (sent < 2000 && response.write(chunk)) sent += 1;
    };
    response.on('drain', more);
    more();
  });
  const { url } = await startHost(context, { mocks: [mock] });
  const outgoing = startRequest(`${url}/ledger/x`).end();
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  let before = -1;
  while (before !== sent) {
    before = sent;
    await pause(100);
  }
  assert.ok(sent < 1000, `${sent} chunks of 64 KB went out to nobody`);
  incoming.destroy();
});

suite('when one side goes away', () => {
  test('an upstream that is down: 502 that says which and where to look', async (context) => {
    const mock = await startUpstream(context, echo);
    const down = { ...mock, upstream: new URL('http://127.0.0.1:1') };
    const { url } = await startHost(context, { mocks: [down] });
    const answer = await call(url, { method: 'POST', target: '/ledger/x', body: 'b' });
    assert.equal(answer.status, 502);
    assert.match(answer.text, /Mock 'ledger' gave no answer: 127\.0\.0\.1:1 .*\(ECONNREFUSED\)/);
    assert.equal((await call(url, { target: '/_mockenv/health' })).status, 503);
  });

  test('also when the caller is still sending a long body', async (context) => {
    const mock = await startUpstream(context, ({ socket }) => socket.destroy());
    const down = { ...mock, name: 'down', path: '/down', upstream: new URL('http://127.0.0.1:1') };
    const { url } = await startHost(context, { mocks: [mock, down] });
    const body = Buffer.alloc(20 * 1024 * 1024, 'x');
    for (const target of ['/ledger/x', '/down/x'])
      assert.equal((await call(url, { method: 'PUT', target, body })).status, 502, target);
  });

  test('an upstream that answers without reading the body is heard', async (context) => {
    const mock = await startUpstream(context, (_, response) => {
      response.writeHead(401).end('no');
    });
    const { url } = await startHost(context, { mocks: [mock] });
    const answer = await call(url, { method: 'PUT', target: '/ledger/x', body: Buffer.alloc(20 * 1024 * 1024, 'x') });
    assert.deepEqual([answer.status, answer.text], [401, 'no']);
  });

  test('an upstream that breaks off before its answer: 502', async (context) => {
    const { url } = await startHost(context, { mocks: [await startUpstream(context, ({ socket }) => socket.destroy())] });
    assert.equal((await call(url, { target: '/ledger/x' })).status, 502);
  });

  test('an upstream that breaks off within its answer: the answer must not look whole', async (context) => {
    const mock = await startUpstream(context, ({ socket }, response) => {
      response.write('part', () => setImmediate(() => socket.destroy()));
    });
    const { url } = await startHost(context, { mocks: [mock] });
    await assert.rejects(call(url, { target: '/ledger/x' }));
  });

  test('a caller that leaves ends the upstream request, before and within the answer', async (context) => {
    const arrived: IncomingMessage[] = [];
    const mock = await startUpstream(context, (request, response) => {
      if (request.url === '/within') response.write('part');
      arrived.push(request);
    });
    const { url } = await startHost(context, { mocks: [mock] });
    for (const path of ['before', 'within']) {
      const outgoing = startRequest(`${url}/ledger/${path}`).on('error', () => undefined).end();
      const answered = path === 'within' ? once(outgoing, 'response') : undefined;
      while (arrived.length === 0) await pause(5);
      const request = arrived.pop() as IncomingMessage;
      const ended = once(request.socket, 'close');
      await answered;
      outgoing.destroy();
      await ended;
    }
  });
});

test("MockServer's control plane is not there, a service's paths are its own", async (context) => {
  const asked: (string | undefined)[] = [];
  const listener = ({ url }: IncomingMessage, response: ServerResponse): void => {
    asked.push(url);
    response.end();
  };
  const file = join(folderWith(context, { 'ledger.json': [says('entries', '/orders')] }), 'ledger.json');
  const mockserver = await new FakeMockServer(context).appear();
  const service = { ...(await startUpstream(context, listener)), name: 'service', path: '/service' };
  const { url } = await startHost(context, { mocks: [mockserver.mock(file), service] });
  await eventually(async () => (await call(url, { target: '/ledger/orders' })).text === 'entries');
  for (const path of ['/mockserver/reset', '/x/../mockserver/reset', '/%6Dockserver/expectation', '//mockserver', '/reset'])
    assert.equal((await call(url, { method: 'PUT', target: `/ledger${path}` })).status, 404, path);
  await call(url, { target: '/service/mockserver/x' });
  assert.deepEqual(asked, ['/mockserver/x']);
  assert.deepEqual(mockserver.bodies(), ['entries']);
});

for (const [what, ms, delayedMs] of [['late', 50, 0], ['late after a delay on purpose', 20_000, 19_950]] as const)
  test(`an upstream that is ${what} gets the role's refusal`, async (context) => {
    const mock = await startUpstream(context, () => undefined);
    const refuse = (response: ServerResponse): void => void response.writeHead(503).end('late');
    const answer = createUpstreamAnswerer(mock, { environment: 'e', tokenHeader: null, limit: { ms, refuse } });
    const server = createServer((request, response) => {
      void answer({ request, response, path: '/', query: '', refuseBody: null, ownHeaders: [], sent: { bytes: 0 }, delayedMs });
    }).listen(0, '127.0.0.1');
    context.after(() => server.close());
    await once(server, 'listening');
    const address = server.address();
    const { status, text } = await call(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`, { target: '/' });
    assert.deepEqual([status, text], [503, 'late']);
  });
