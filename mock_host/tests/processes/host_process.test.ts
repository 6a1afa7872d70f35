import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, get, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, createServer as createTcpServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { PETSTORE, buildHost, startBuiltHost } from '../support/built_host.ts';
import { codeOf } from '../../src/errors.ts';
import { Child } from '../support/child.ts';
import { eventually } from '../support/eventually.ts';
import { FakeMockServer, says } from '../support/fake_mockserver.ts';
import { FakeValidator, allowGood } from '../support/fake_validator.ts';
import { folderWith } from '../support/folder.ts';
import { call } from '../support/http_client.ts';
import { startUpstream, textOf } from '../support/upstream.ts';

const bundle = buildHost({ after });

const digest = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

suite('the bundle', () => {
  test('is the same file from build to build, and says nothing of where it was built', (context) => {
    assert.equal(digest(buildHost(context)), digest(bundle));
    assert.equal(readFileSync(bundle, 'utf8').includes(process.cwd()), false);
  });

  test('serves without node_modules, tells its address, and writes JSON lines only', async (context) => {
    const host = startBuiltHost(context, bundle);
    const ready = await host.event('ready');
    assert.match(String(ready['url']), /^http:\/\/127\.0\.0\.1:\d+$/);
    const loaded = await host.event('mock_loaded');
    assert.deepEqual([loaded['mock'], loaded['operations']], ['petstore', 4]);
    const answer = await call(String(ready['url']), { target: '/petstore/pets?secret=1', headers: { authorization: 'Bearer s3cret' } });
    assert.equal(answer.status, 200);
    const logged = await host.event('request');
    assert.deepEqual(
      [logged['method'], logged['path'], logged['mock'], logged['status'], logged['bytes']],
      ['GET', '/petstore/pets', 'petstore', 200, Buffer.byteLength(answer.text)],
    );
    for (const line of host.lines) assert.equal(typeof JSON.parse(line).event, 'string');
    assert.doesNotMatch(host.lines.join(''), /s3cret|secret=/);
    assert.deepEqual(host.errors, []);
  });

  test('checks expectations without a MockServer, and leaves alone one that is there', async (context) => {
    const server = await new FakeMockServer(context).appear();
    const folder = folderWith(context, { 'good.json': [says('good')], 'bad.json': '[\n{"httpForward": {}}]' });
    const start = (file: string): Child => {
      const mock = { ...server.mock(join(folder, file)), upstream: server.url.origin };
      return startBuiltHost(context, bundle, { mocks: [mock] }, ['--check']);
    };
    await start('good.json').event('ready');
    assert.match(String((await start('bad.json').event('failed'))['message']), /bad\.json:2: \[0\]\.httpForward: this can't be used/);
    assert.deepEqual(server.asked, []);
  });

  test('fills a MockServer from the file that it has', async (context) => {
    const server = await new FakeMockServer(context).appear();
    const file = join(folderWith(context, { 'good.json': [says('good')] }), 'good.json');
    const mock = { ...server.mock(file), upstream: server.url.origin };
    const host = startBuiltHost(context, bundle, { mocks: [mock] });
    const url = String((await host.event('ready'))['url']);
    await host.event('expectations_in_force');
    assert.equal((await call(url, { target: '/ledger/a' })).text, 'good');
  });

  test('makes dynamic answers, with the generator that is loaded only then', async (context) => {
    const faked = {
      openapi: '3.0.3',
      info: { title: 'T', version: '1' },
      paths: {
        '/a': {
          get: {
            responses: {
              '200': { description: 'ok', content: { 'application/json': { schema: { type: 'string', 'x-faker': 'internet.email' } } } },
            },
          },
        },
      },
    };
    const document = join(folderWith(context, { 'faked.json': faked }), 'faked.json');
    const host = startBuiltHost(context, bundle, { mocks: [{ name: 'faked', path: '/', engine: 'prism', document }] });
    const { url } = await host.event('ready');
    const answer = await call(String(url), { target: '/a', headers: { prefer: 'dynamic=true' } });
    assert.match(answer.text, /^"[^"@]+@[^"@]+\.[a-z]+"$/i);
  });
});

suite('a start that fails says why, and ends with 1', () => {
  test('a port in use', async (context) => {
    const taken = createTcpServer().listen(0, '127.0.0.1');
    context.after(() => taken.close());
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const host = startBuiltHost(context, bundle, {}, ['--port', String(port)]);
    const failed = await host.event('failed');
    assert.match(String(failed['message']), new RegExp(`port ${port} on 127\\.0\\.0\\.1 is in use.*--port`));
    assert.equal(await host.exit(), 1);
  });

  test('broken documents: each with file, line and reason', async (context) => {
    const folder = folderWith(context, { 'broken.yaml': 'openapi: 3.0.0\npaths: {\n', 'other.yaml': 'a: 1' });
    const mocks = ['broken', 'other'].map((name) => ({
      name, path: `/${name}`, engine: 'prism', document: join(folder, `${name}.yaml`),
    }));
    const host = startBuiltHost(context, bundle, { mocks: [PETSTORE, ...mocks] });
    const failed = await host.event('failed');
    assert.match(String(failed['message']), /mock 'broken'.*broken\.yaml:\d+:.*mock 'other'.*neither 'openapi' nor 'swagger'/);
    const [first, second] = host.lines.filter((line) => line.includes('mock_failed')).map((line) => JSON.parse(line));
    assert.deepEqual([first.mock, first.file, typeof first.line], ['broken', join(folder, 'broken.yaml'), 'number']);
    assert.equal(second.mock, 'other');
    assert.equal(await host.exit(), 1);
  });

  test('arguments and configurations that are none', async (context) => {
    const starts: [string[], RegExp][] = [
      [[bundle], /--config is missing\. Usage/],
      [[bundle, '--config', 'x', '--port', '99999'], /--port must be a whole number from 0 to 65535/],
      [[bundle, '--config', 'x', '--colour'], /--colour.*Usage/],
      [[bundle, '--config', '/nowhere/e.json'], /can't be read as a mock host configuration/],
    ];
    for (const [args, message] of starts) {
      const host = new Child(context, args);
      assert.match(String((await host.event('failed'))['message']), message);
      assert.equal(await host.exit(), 1);
    }
  });
});

suite('the end', () => {
  /** A host before an upstream whose one answer waits to be released. */
  async function withRequestInFlight(context: Parameters<typeof startUpstream>[0], more: readonly string[] = []) {
    const arrived = Promise.withResolvers<ServerResponse>();
    const slow = await startUpstream(context, (_, response) => arrived.resolve(response));
    const mocks = [PETSTORE, { name: slow.name, path: slow.path, engine: slow.engine, upstream: slow.upstream.origin }];
    const host = startBuiltHost(context, bundle, { mocks }, more);
    const url = String((await host.event('ready'))['url']);
    const answer = call(url, { target: '/ledger/slow' });
    return { host, url, answer, held: await arrived.promise };
  }

  test('SIGTERM: health fails, requests are still accepted for a while, those in flight finish, then it ends with 0', async (context) => {
    const { host, url, answer, held } = await withRequestInFlight(context, ['--drain-seconds', '2']);
    assert.equal((await call(url, { target: '/_mockenv/health' })).status, 200);
    host.process.kill('SIGTERM');
    await host.event('draining');
    const health = await call(url, { target: '/_mockenv/health' });
    assert.deepEqual([health.status, JSON.parse(health.text).status], [503, 'draining']);
    const late = await call(url, { target: '/petstore/pets' });
    assert.deepEqual([late.status, late.headers.connection], [200, 'close']);
    held.end('finished');
    assert.equal((await answer).text, 'finished');
    assert.equal(await host.exit(), 0);
    assert.equal(host.lines.filter((line) => line.includes('"event":"request"')).length, 4);
  });

  test('without a drain time the port closes at once, and what is in flight still finishes', async (context) => {
    const { host, url, answer, held } = await withRequestInFlight(context);
    host.process.kill('SIGINT');
    await host.event('draining');
    await eventually(() => refused(url));
    held.end('finished');
    assert.equal((await answer).text, 'finished');
    assert.equal(await host.exit(), 0);
  });

  test('kept connections do not hold it up', async (context) => {
    const host = startBuiltHost(context, bundle);
    const url = String((await host.event('ready'))['url']);
    const agent = new Agent({ keepAlive: true });
    context.after(() => agent.destroy());
    const [incoming] = (await once(get(`${url}/petstore/pets`, { agent }), 'response')) as [IncomingMessage];
    await textOf(incoming);
    const idle = connect(Number(new URL(url).port), '127.0.0.1');
    await once(idle, 'connect');
    idle.on('error', () => undefined);
    host.process.kill('SIGTERM');
    assert.equal(await host.exit(), 0);
  });

  test('a second signal ends it at once', async (context) => {
    const { host, answer } = await withRequestInFlight(context);
    host.process.kill('SIGTERM');
    await host.event('draining');
    host.process.kill('SIGTERM');
    await assert.rejects(answer);
    assert.equal(await host.exit(), 1);
  });

  test('a parent that signals and then goes leaves it the time to finish', async (context) => {
    const { host, answer, held } = await withRequestInFlight(context, ['--exit-with-stdin']);
    host.process.kill('SIGTERM');
    await host.event('draining');
    host.process.stdin?.end();
    held.end('finished');
    assert.equal((await answer).text, 'finished');
    assert.equal(await host.exit(), 0);
  });

  test('with --exit-with-stdin it ends with its standard input, without it it does not', async (context) => {
    const bound = startBuiltHost(context, bundle, {}, ['--exit-with-stdin']);
    await bound.event('ready');
    bound.process.stdin?.end();
    assert.equal(await bound.exit(), 0);
    const free = startBuiltHost(context, bundle);
    const { url } = await free.event('ready');
    free.process.stdin?.end();
    assert.equal((await call(String(url), { target: '/petstore/pets' })).status, 200);
    assert.equal(free.process.exitCode, null);
  });
});

/** A connection that the port still took as it closed is reset, not refused. */
function refused(url: string): Promise<boolean> {
  return call(url, { target: '/petstore/pets' }).then(
    () => false,
    (error: unknown) => codeOf(error) === 'ECONNREFUSED',
  );
}

test('the gateway role, over a real socket, from the bundle', async (context) => {
  const validator = await new FakeValidator(context, allowGood).start();
  const gateway = { validator_socket: validator.socketPath, issuer_socket: null, cache_seconds: 300 };
  const seen: (string | undefined)[] = [];
  const upstream = await startUpstream(context, ({ headers }, response) => {
    seen.push(headers['x-mock-environment'] as string, headers.authorization);
    response.end();
  });
  const mocks = [PETSTORE, { name: 'ledger', path: '/ledger', engine: 'service', upstream: upstream.upstream.origin }];
  const host = startBuiltHost(context, bundle, { mocks, gateway });
  const url = String((await host.event('ready'))['url']);
  assert.equal((await call(url, { target: '/petstore/pets' })).status, 401);
  assert.equal((await call(url, { target: '/petstore/pets', headers: { authorization: 'Bearer bad' } })).status, 403);
  const headers = { authorization: 'Bearer good', 'x-mock-environment': 'evil' };
  assert.equal((await call(url, { target: '/petstore/pets', headers })).status, 200);
  assert.equal((await call(url, { target: '/ledger/x', headers })).status, 200);
  assert.deepEqual(seen, ['pr-7', undefined]);
  await validator.stop();
  assert.equal((await call(url, { target: '/petstore/pets', headers })).status, 200);
  assert.equal((await call(url, { target: '/petstore/pets', headers: { authorization: 'Bearer new' } })).status, 500);
  assert.match(String((await host.event('validator_failed'))['reason']), /the token validator .*(ENOENT|ECONNREFUSED)/);
});
