import assert from 'node:assert/strict';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { buildHost, startHostIn } from '../support/built_host.ts';
import type { Child } from '../support/child.ts';
import { eventually } from '../support/eventually.ts';
import { folderWith } from '../support/folder.ts';
import { call } from '../support/http_client.ts';
import { Load } from '../support/load.ts';
import { documentThatSays } from '../support/openapi.ts';
import { STALL_PROBE } from '../support/paths.ts';

/** The long form: `MOCK_HOST_RELOADS=100`. */
const RELOADS = Number(process.env['MOCK_HOST_RELOADS'] ?? 10);
const bundle = buildHost({ after });

const MOCKS = ['one', 'two'].map((name) => ({ name, path: `/${name}`, engine: 'prism', document: `${name}.json` }));

function startUnderLoad(context: TestContext) {
  const folder = folderWith(context, {
    'environment.json': { environment: 'pr-7', token_header: 'authorization', mocks: MOCKS },
    'one.json': documentThatSays(0),
    'two.json': documentThatSays('two'),
  });
  const host = startHostIn(context, bundle, folder, ['--watch'], ['--import', STALL_PROBE]);
  return { folder, host };
}

/** Each second change is one that can't be loaded; saved in place and by renaming in turn. */
function change(folder: string, round: number): void {
  const text = round % 2 === 0 ? JSON.stringify(documentThatSays(round)) : '{"openapi": "3.0.3",\n "paths": [';
  const file = join(folder, 'one.json');
  if (round % 4 < 2) {
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  } else writeFileSync(file, text);
}

async function toldOf(host: Child, round: number): Promise<void> {
  const name = round % 2 === 0 ? 'config_reloaded' : 'config_reload_failed';
  const nth = round % 2 === 0 ? round / 2 : (round + 1) / 2;
  await eventually(() => host.events(name).length >= nth);
}

test(`${RELOADS} changes under load, good and broken: no request fails`, async (context) => {
  const { folder, host } = startUnderLoad(context);
  const url = String((await host.event('ready'))['url']);
  const load = new Load(context, [`${url}/one/a`, `${url}/two/a`], (status, text) => status === 200 && /^(\d+|"two")$/.test(text));
  await eventually(() => load.requests > 500);
  host.process.kill('SIGUSR2');
  let slowestMs = 0;
  for (let round = 1; round <= RELOADS; round += 1) {
    const changedMs = performance.now();
    change(folder, round);
    await toldOf(host, round);
    slowestMs = Math.max(slowestMs, performance.now() - changedMs);
    const served = await call(url, { target: '/one/a' });
    assert.equal(served.text, String(round - (round % 2)));
  }
  const report = await load.stop();
  host.process.kill('SIGTERM');
  await host.exit();
  assert.deepEqual(report.failures, []);
  assert.equal(host.events('config_reloaded').length, Math.floor(RELOADS / 2));
  assert.equal(host.events('config_reload_failed').length, Math.ceil(RELOADS / 2));
  context.diagnostic(`${report.requests} requests, the slowest ${report.slowestMs.toFixed(1)} ms; ${host.errors.join('').trim()}`);
  context.diagnostic(`from a change to its new answer, or to its being told: at the longest ${slowestMs.toFixed(0)} ms`);
});
