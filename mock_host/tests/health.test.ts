import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { test } from 'node:test';
import type { Mock } from '../src/configuration.ts';
import { createHealth, reachable, type HealthOptions } from '../src/health.ts';

const MOCK: Mock = { name: 'core', path: '/', engine: 'prism', document: 'x' };

function health(overrides: Partial<HealthOptions> & { probe?: () => Promise<string | undefined> }) {
  const probe = overrides.probe ?? (() => Promise.resolve(undefined));
  const mocks = [{ mock: MOCK, engine: { failure: null }, probe }];
  const fixed = { environment: 'dev', mocks: () => mocks, standing: () => ({}), isDraining: () => false, nowMs: () => 0 };
  return createHealth({ ...fixed, ...overrides });
}

test('healthy when every mock serves', async () => {
  assert.deepEqual(await health({})(), {
    status: 'healthy', environment: 'dev', mocks: [{ name: 'core', path: '/', engine: 'prism', state: 'serving' }],
  });
});

test('unhealthy with the reason when one does not', async () => {
  const report = await health({ probe: () => Promise.resolve('gone') })();
  assert.equal(report.status, 'unhealthy');
  assert.deepEqual(report.mocks[0], { name: 'core', path: '/', engine: 'prism', state: 'failed', reason: 'gone' });
});

test('draining outweighs healthy', async () => {
  assert.equal((await health({ isDraining: () => true })()).status, 'draining');
});

test('mocks are looked at once a second, however often health is asked for', async () => {
  let probes = 0;
  let now = 0;
  const ask = health({ nowMs: () => now, probe: () => Promise.resolve(void (probes += 1)) });
  await Promise.all([ask(), ask()]);
  now = 999;
  await ask();
  assert.equal(probes, 1);
  now = 1000;
  await ask();
  assert.equal(probes, 2);
});

test('one that was in trouble is looked at again sooner', async () => {
  let [probes, now] = [0, 0];
  const ask = health({ nowMs: () => now, probe: () => Promise.resolve((probes += 1) === 1 ? 'gone' : undefined) });
  assert.equal((await ask()).status, 'unhealthy');
  now = 99;
  assert.equal((await ask()).status, 'unhealthy');
  now = 100;
  assert.equal((await ask()).status, 'healthy');
  now = 1_099;
  await ask();
  assert.equal(probes, 2);
});

test('an upstream is reachable while it accepts connections', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const probe = reachable(new URL(`http://127.0.0.1:${port}`));
  assert.equal(await probe(), undefined);
  server.close();
  await once(server, 'close');
  assert.match((await probe()) ?? '', /can't be reached \(ECONNREFUSED\)/);
});
