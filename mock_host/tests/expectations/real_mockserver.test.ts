import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventually } from '../support/eventually.ts';
import { folderWith } from '../support/folder.ts';
import { Load } from '../support/load.ts';
import { RealMockServer } from '../support/real_mockserver.ts';
import { startWatchedHost } from '../support/watched_host.ts';

/** The long form: `MOCK_HOST_RELOADS=100`. */
const CHANGES = Number(process.env['MOCK_HOST_RELOADS'] ?? 8);
const BESIDE = 20;

/** What a caller is told says of which change it is; what is specific stands before what fits everything. */
const expectations = (change: number): object[] => [
  ...Array.from({ length: BESIDE }, (_, index) => ({ httpRequest: { path: `/beside/${index}` }, httpResponse: { body: `${change}` } })),
  { httpRequest: { path: '/.*' }, httpResponse: { body: `${change} whatever` }, priority: -1 },
  { httpRequest: { path: '/own', method: 'GET' }, httpResponse: { body: `${change} own` } },
];

/** Each fourth one can't be read, and each fourth one can be by us only: MockServer knows no such schema. */
function change(file: string, round: number): void {
  const broken = round % 4 === 1;
  const refused = { httpRequest: { path: '/x', body: { type: 'XML_SCHEMA', xmlSchema: 'none' } }, httpResponse: {} };
  const whole = round % 4 === 3 ? [...expectations(round), refused] : expectations(round);
  writeFileSync(file, broken ? '[{"httpRequest": ' : JSON.stringify(whole));
}

test(`${CHANGES} changes of the real MockServer under load, and its death`, async (context) => {
  const server = await RealMockServer.create(context);
  server.start();
  const ledger = { name: 'ledger', path: '/ledger', engine: 'mockserver', upstream: server.url, expectations: 'ledger.json' };
  const folder = folderWith(context, {
    'environment.json': { environment: 'pr-7', token_header: null, mocks: [ledger] },
    'ledger.json': expectations(0),
  });
  const host = await startWatchedHost(context, folder);
  assert.equal((await host.get('/ledger/own')).status, 503);
  await host.event('expectations_in_force');
  let [announced, coming] = [0, 0];
  const right = (status: number, text: string): boolean => {
    const [of, what] = [Number.parseInt(text, 10), text.replace(/^\d+ ?/, '')];
    return status === 200 && ['own', 'whatever', ''].includes(what) && (of === announced || of === coming);
  };
  const urls = ['/own', '/beside/7', '/elsewhere'].map((path) => `${host.url}/ledger${path}`);
  const load = new Load(context, urls, right);
  for (let round = 1; round <= CHANGES; round += 1) {
    const isGood = round % 2 === 0;
    if (isGood) coming = round;
    change(join(folder, 'ledger.json'), round);
    const nth = Math.ceil(round / 2);
    await host.event(isGood ? 'config_reloaded' : 'config_reload_failed', nth);
    // What was asked before the news may still be on its way; what is asked from now on is new.
    for (const [path, what] of [['own', ' own'], ['beside/7', ''], ['x', ' whatever']])
      assert.equal((await host.get(`/ledger/${path}`)).text, `${coming}${what}`);
    const { requests } = load;
    await eventually(() => load.requests > requests + 50);
    announced = coming;
  }
  const { requests, failures, slowestMs } = await load.stop();
  assert.deepEqual(failures, []);
  assert.equal((await server.ids()).length, expectations(0).length + 1);
  const slowestChangeMs = Math.max(...host.events.map(({ duration_ms: ms }) => Number(ms ?? 0)));
  context.diagnostic(`${requests} requests, the slowest ${slowestMs.toFixed(1)} ms; the slowest change ${slowestChangeMs} ms`);

  await server.kill();
  await host.event('mockserver_lost');
  assert.ok([502, 503].includes((await host.get('/ledger/own')).status));
  const meanwhile = new Load(context, [`${host.url}/ledger/own`], (status, text) =>
    status === 200 ? text === `${coming} own` : status === 502 || status === 503);
  server.start();
  await host.says(`${coming} own`, '/ledger/own');
  await eventually(async () => (await host.health()).status === 'healthy');
  assert.deepEqual((await meanwhile.stop()).failures, []);
});
