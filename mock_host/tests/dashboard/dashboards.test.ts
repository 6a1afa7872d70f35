import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request as startRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { suite, test, type TestContext } from 'node:test';
import { FakeValidator, allowGood } from '../support/fake_validator.ts';
import { folderWith } from '../support/folder.ts';
import { startHost } from '../support/host.ts';
import { call } from '../support/http_client.ts';
import { createValidatorClient } from '../../src/gateway/validator_client.ts';

const BASE = '/_mockenv/mocks/ledger';
const PAGE = `${BASE}/mockserver/dashboard`;

/** MockServer as a browser sees it: a page, a script, an image, a WebSocket that repeats what it hears. */
async function startShown(context: TestContext): Promise<{ url: URL; asked: IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    const { url = '' } = request;
    const type = url.endsWith('.js') ? 'text/javascript' : url.endsWith('.ico') ? 'image/x-icon' : 'text/html; charset=utf-8';
    response.setHeader('content-type', type).end(`see "/mockserver/dashboard/assets/a.js"`);
  });
  server.on('upgrade', (request, socket) => {
    asked.push(request);
    socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\nhello ');
    socket.pipe(socket);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  context.after(() => server.close() && server.closeAllConnections());
  return { url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), asked };
}

async function start(context: TestContext) {
  const shown = await startShown(context);
  const validator = await new FakeValidator(context, allowGood).start();
  const expectations = join(folderWith(context, { 'ledger.json': [] }), 'ledger.json');
  const { url, dashboards } = await startHost(context, {
    mocks: [{ name: 'ledger', path: '/ledger', engine: 'mockserver', upstream: shown.url, expectations }],
    gateway: { validator: createValidatorClient({ socketPath: validator.socketPath, timeoutMs: 1_000 }) },
  });
  return { url, dashboards, asked: () => shown.asked.filter(({ url = '' }) => !url.startsWith('/mockserver/retrieve') && !url.startsWith('/mockserver/expectation')) };
}

/** Asks for a WebSocket; resolves with it, or with the status of the refusal. */
function open(url: string, headers: Record<string, string>, target = `${BASE}/_mockserver_ui_websocket`): Promise<Duplex | number> {
  return new Promise((resolve, reject) => {
    const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-key': 'key', 'sec-websocket-version': '13', cookie: 'secret' };
    const outgoing = startRequest(new URL(target, url), { headers: { ...upgrade, ...headers }, agent: false });
    outgoing.on('upgrade', (_, socket, head) => {
      socket.unshift(head);
      resolve(socket);
    });
    outgoing.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    outgoing.on('error', reject).end();
  });
}

suite('a dashboard', () => {
  test('is found without a token; what it names lies below it', async (context) => {
    const { url } = await start(context);
    const entrance = await call(url, { target: `${BASE}/` });
    assert.deepEqual([entrance.status, entrance.headers.location], [302, `${PAGE}#dashboard`]);
    for (const target of [PAGE, `${PAGE}/assets/a.js`]) {
      const { status, text } = await call(url, { target });
      assert.deepEqual([status, text], [200, `see "${PAGE}/assets/a.js"`]);
    }
    assert.equal((await call(url, { target: `${PAGE}/favicon.ico` })).text, 'see "/mockserver/dashboard/assets/a.js"');
  });

  test('can be put into no other page, and asks nobody else', async (context) => {
    const { url } = await start(context);
    const { headers } = await call(url, { target: PAGE });
    assert.match(String(headers['content-security-policy']), /default-src 'self';.*frame-ancestors 'none'/);
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
    assert.equal(headers['access-control-allow-origin'], undefined);
  });

  test('is only looked at: nothing else reaches MockServer', async (context) => {
    const { url, asked } = await start(context);
    const status = async (method: string, target: string, headers = {}): Promise<number> => (await call(url, { method, target, headers })).status;
    assert.equal(await status('PUT', PAGE), 405);
    assert.equal(await status('OPTIONS', PAGE), 405);
    assert.equal(await status('PUT', `${BASE}/mockserver/expectation`), 404);
    assert.equal(await status('GET', `${BASE}/mockserver/configuration`), 404);
    assert.equal(await status('GET', '/_mockenv/mocks/nobody/'), 404);
    assert.equal(await status('GET', PAGE, { host: 'evil.example' }), 403);
    assert.equal(await status('GET', PAGE, { origin: 'http://evil.example' }), 403);
    assert.equal(await status('GET', `${PAGE}/assets/a.js`, { 'sec-fetch-site': 'cross-site' }), 403);
    assert.deepEqual(asked(), []);
  });

  test('is told nothing of who looks', async (context) => {
    const { url, asked } = await start(context);
    await call(url, { target: `${PAGE}?a=b`, headers: { cookie: 'secret', authorization: 'Bearer good' } });
    const [{ headers, url: path }] = asked() as [IncomingMessage];
    assert.deepEqual([path, headers.cookie, headers.authorization], ['/mockserver/dashboard', undefined, undefined]);
  });

  test('is not there where a real gateway stands in front', async (context) => {
    const { url: upstream } = await startShown(context);
    const expectations = join(folderWith(context, { 'ledger.json': [] }), 'ledger.json');
    const { url } = await startHost(context, { mocks: [{ name: 'ledger', path: '/ledger', engine: 'mockserver', upstream, expectations }] });
    assert.equal((await call(url, { target: PAGE })).status, 404);
    assert.equal(await open(url, { origin: url }), 404);
  });
});

suite("a dashboard's WebSocket", () => {
  test('is joined with that of MockServer, both ways', async (context) => {
    const { url, asked } = await start(context);
    const socket = (await open(url, { origin: url })) as Duplex;
    socket.write('world');
    let heard = '';
    for await (const chunk of socket) if ((heard += String(chunk)).endsWith('world')) break;
    assert.equal(heard, 'hello world');
    const [{ headers }] = asked() as [IncomingMessage];
    assert.deepEqual([headers['sec-websocket-key'], headers.cookie, headers.origin], ['key', undefined, undefined]);
  });

  test('is opened for no other page', async (context) => {
    const { url, asked } = await start(context);
    assert.equal(await open(url, {}), 403);
    assert.equal(await open(url, { origin: 'http://evil.example' }), 403);
    assert.equal(await open(url, { origin: 'http://evil.example', host: 'evil.example' }), 403);
    assert.deepEqual(asked(), []);
  });

  test('keeps nobody from ending', async (context) => {
    const { url, dashboards } = await start(context);
    const socket = (await open(url, { origin: url })) as Duplex;
    const ended = once(socket.resume(), 'close');
    dashboards.close();
    await ended;
  });

  test('is the only one: others who ask for one are answered as if they had not', async (context) => {
    const { url } = await start(context);
    assert.equal(await open(url, { origin: url }, '/ledger/x'), 401);
    assert.equal(await open(url, { origin: url }, `${BASE}/_mockserver_callback_websocket`), 404);
  });
});
