import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { startBucketHost } from '../support/bucket_host.ts';
import { eventually } from '../support/eventually.ts';
import { FakeMockServer, says } from '../support/fake_mockserver.ts';
import { FakeS3 } from '../support/fake_s3.ts';
import type { FollowedHost } from '../support/followed_host.ts';
import { folderWith } from '../support/folder.ts';
import { Load } from '../support/load.ts';
import { documentThatSays } from '../support/openapi.ts';
import { startWatchedHost } from '../support/watched_host.ts';

const PRISM = { name: 'prism', path: '/prism', engine: 'prism', document: 'prism.json' };

function files(server: FakeMockServer, expectations: unknown, document = 'prism'): Record<string, unknown> {
  const ledger = { ...server.mock('ledger.json'), upstream: server.url.origin };
  return {
    'environment.json': { environment: 'pr-7', token_header: 'authorization', mocks: [PRISM, ledger] },
    'prism.json': documentThatSays(document),
    'ledger.json': expectations,
  };
}

interface Watched {
  readonly server: FakeMockServer;
  readonly host: FollowedHost;
  readonly save: (content: unknown) => void;
}

async function watched(context: TestContext, expectations: unknown = [says('first')]): Promise<Watched> {
  const server = await new FakeMockServer(context).appear();
  const folder = folderWith(context, files(server, expectations));
  const host = await startWatchedHost(context, folder);
  await eventually(async () => (await host.health()).status === 'healthy');
  const save = (content: unknown): void =>
    writeFileSync(join(folder, 'ledger.json'), typeof content === 'string' ? content : JSON.stringify(content));
  return { server, host, save };
}

suite('a changed file', () => {
  test('is in force before its change is told', async (context) => {
    const { server, host, save } = await watched(context);
    server.slowMs = 20;
    save([says('second')]);
    const told = await host.event('config_reloaded');
    assert.equal((await host.get('/ledger/a')).text, 'second');
    assert.deepEqual([told['changed'], told['mock_count']], [['ledger'], 2]);
    const loaded = host.events.findLast(({ event }) => event === 'mock_loaded');
    assert.deepEqual([loaded?.['mock'], loaded?.['expectations']], ['ledger', 1]);
  });

  test('that is broken is told with line and reason; the last good one goes on; mending it recovers', async (context) => {
    const { host, save } = await watched(context);
    save('[\n {"httpRequest": {"pth": "/a"},\n  "httpResponse": {}}]');
    const failed = await host.event('mock_reload_failed');
    assert.deepEqual([failed['mock'], failed['line'], failed['serves_last_good']], ['ledger', 2, true]);
    assert.match(String(failed['reason']), /\[0\]\.httpRequest\.pth: unknown key; did you mean path\?/);
    assert.equal(host.count('config_reload_failed'), 1);
    const health = await host.health();
    assert.deepEqual([health.status, health.mocks[1]?.state, health.mocks[1]?.last_error?.line], ['healthy', 'serving', 2]);
    assert.equal((await host.get('/ledger/a')).text, 'first');
    save([says('first')]);
    await eventually(async () => (await host.health()).mocks[1]?.last_error === undefined);
    save([says('second')]);
    await host.says('second', '/ledger/a');
  });

  test('that only MockServer refuses is told as a broken one; the last good one goes on', async (context) => {
    const { host, save } = await watched(context);
    save([says('second'), says('x', '/refused')]);
    const failed = await host.event('mock_reload_failed');
    assert.match(String(failed['reason']), /MockServer answers 400: no such path/);
    assert.deepEqual([failed['serves_last_good'], host.count('config_reloaded'), host.count('config_reload_failed')], [true, 0, 1]);
    assert.match((await host.health()).mocks[1]?.last_error?.reason ?? '', /answers 400/);
    assert.equal((await host.get('/ledger/a')).text, 'first');
    save([says('third')]);
    await host.says('third', '/ledger/a');
    await eventually(async () => (await host.health()).mocks[1]?.last_error === undefined);
  });

  test('that is the same in other words is put to nobody', async (context) => {
    const { server, host, save } = await watched(context);
    const before = [...server.expectations.keys()];
    save(JSON.stringify([says('first')], null, 2));
    await host.event('config_reloaded');
    assert.deepEqual([...server.expectations.keys()], before);
  });
});

suite('a MockServer', () => {
  test('that is not there yet keeps nobody from starting; its mock is 503 until it is', async (context) => {
    const server = await new FakeMockServer(context).appear();
    await server.vanish();
    const host = await startWatchedHost(context, folderWith(context, files(server, [says('first')])));
    assert.equal((await host.get('/prism/a')).text, '"prism"');
    const refused = await host.get('/ledger/a');
    assert.deepEqual([refused.status, /can't answer now/.test(refused.text)], [503, true]);
    await eventually(async () => /ECONNREFUSED/.test((await host.health()).mocks[1]?.reason ?? ''));
    await server.appear();
    await host.says('first', '/ledger/a');
    await eventually(async () => (await host.health()).status === 'healthy');
  });

  test('that ends and comes back empty, under load: nobody is told 404, and health waits', async (context) => {
    const { server, host } = await watched(context);
    const load = new Load(context, [`${host.url}/ledger/a`], (status, text) =>
      (status === 200 && text === 'first') || status === 502 || status === 503);
    await server.vanish();
    await host.event('mockserver_lost');
    await eventually(async () => (await host.health()).status === 'unhealthy');
    server.slowMs = 10;
    await server.appear();
    await host.event('expectations_in_force', 2);
    assert.equal((await host.get('/ledger/a')).text, 'first');
    await eventually(async () => (await host.health()).status === 'healthy');
    assert.deepEqual((await load.stop()).failures, []);
  });

  test('of a mock that is gone is left alone', async (context) => {
    const server = await new FakeMockServer(context).appear();
    const folder = folderWith(context, files(server, [says('first')]));
    const host = await startWatchedHost(context, folder);
    await host.says('first', '/ledger/a');
    writeFileSync(join(folder, 'environment.json'), JSON.stringify({ environment: 'pr-7', token_header: null, mocks: [PRISM] }));
    await host.answers(404, '/ledger/a');
    assert.deepEqual(server.bodies(), ['first']);
    await server.vanish();
    await eventually(async () => (await host.health()).status === 'healthy');
  });
});

test('a broken file ends the start, told together with broken documents', async (context) => {
  const server = await new FakeMockServer(context).appear();
  const folder = folderWith(context, { ...files(server, '[{}'), 'prism.json': '{' });
  await assert.rejects(startWatchedHost(context, folder), /mock 'prism': .*prism\.json.*mock 'ledger': .*ledger\.json:1: is not valid JSON/s);
});

suite('a version of the bucket', () => {
  const versioned = async (context: TestContext): Promise<{ server: FakeMockServer; s3: FakeS3; host: FollowedHost }> => {
    const server = await new FakeMockServer(context).appear();
    const s3 = await new FakeS3(context).appear();
    const first = files(server, [says('first')]);
    s3.push('v1', first);
    const host = await startBucketHost(context, s3, { files: first, version: 'v1' });
    await host.says('first', '/ledger/a');
    return { server, s3, host };
  };

  test('brings its expectations with it, and a rollback those from before', async (context) => {
    const { server, s3, host } = await versioned(context);
    s3.push('v2', files(server, [says('second')], 'changed'));
    assert.deepEqual((await host.event('config_reloaded'))['changed'], ['prism', 'ledger']);
    assert.deepEqual([(await host.get('/ledger/a')).text, (await host.get('/prism/a')).text], ['second', '"changed"']);
    s3.put('current/version', 'v1');
    await host.event('config_reloaded', 2);
    assert.deepEqual([(await host.get('/ledger/a')).text, (await host.get('/prism/a')).text], ['first', '"prism"']);
  });

  test('with broken expectations stays out wholly', async (context) => {
    const { server, s3, host } = await versioned(context);
    s3.push('v2', files(server, [{ httpForward: {} }], 'changed'));
    const failed = await host.event('mock_reload_failed');
    assert.deepEqual([failed['mock'], failed['file'], failed['line'], failed['version']], ['ledger', 'ledger.json', 1, 'v2']);
    assert.deepEqual([(await host.get('/ledger/a')).text, (await host.get('/prism/a')).text], ['first', '"prism"']);
    assert.deepEqual([server.bodies(), (await host.health()).version], [['first'], 'v1']);
  });

  test('whose expectations MockServer refuses is told as failed last', async (context) => {
    const { server, s3, host } = await versioned(context);
    s3.push('v2', files(server, [says('x', '/refused')]));
    const failed = await host.event('config_reload_failed');
    assert.deepEqual([failed['version'], host.events.at(-1)?.event], ['v2', 'config_reload_failed']);
    assert.equal((await host.get('/ledger/a')).text, 'first');
  });

  test('with the same expectations puts none', async (context) => {
    const { server, s3, host } = await versioned(context);
    const puts = server.asked.filter((path) => path === '/mockserver/expectation').length;
    s3.push('v2', files(server, [says('first')], 'changed'));
    assert.deepEqual((await host.event('config_reloaded'))['changed'], ['prism']);
    assert.equal(server.asked.filter((path) => path === '/mockserver/expectation').length, puts);
  });
});
