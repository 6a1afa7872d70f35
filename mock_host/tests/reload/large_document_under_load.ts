// The long form of under_load.test.ts with a large document: GitHub's API description (13 MB).
// Run by itself: node --test mock_host/tests/reload/large_document_under_load.ts
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { buildHost, startHostIn } from '../support/built_host.ts';
import { eventually } from '../support/eventually.ts';
import { folderWith } from '../support/folder.ts';
import { Load } from '../support/load.ts';
import { documentThatSays } from '../support/openapi.ts';
import { GITHUB, STALL_PROBE } from '../support/paths.ts';

const RELOADS = 5;
const bundle = buildHost({ after });

test(`${RELOADS} changes of a document of 13 MB under load: no request fails`, async (context) => {
  const text = readFileSync(GITHUB, 'utf8');
  const mocks = [
    { name: 'large', path: '/', engine: 'prism', document: 'large.json' },
    { name: 'small', path: '/small', engine: 'prism', document: 'small.json' },
  ];
  const folder = folderWith(context, {
    'environment.json': { environment: 'pr-7', token_header: null, mocks }, 'large.json': text, 'small.json': documentThatSays('small'),
  });
  const host = startHostIn(context, bundle, folder, ['--watch'], ['--import', STALL_PROBE]);
  const url = String((await host.event('ready'))['url']);
  const load = new Load(context, [`${url}/repos/a/b/issues`, `${url}/small/a`], (status) => status === 200);
  await eventually(() => load.requests > 1_000);
  host.process.kill('SIGUSR2');
  for (let round = 1; round <= RELOADS; round += 1) {
    writeFileSync(join(folder, 'large.json'), text.replace('"title":', `"x-round":${round},"title":`));
    await eventually(() => host.events('config_reloaded').length === round);
  }
  const report = await load.stop();
  host.process.kill('SIGTERM');
  await host.exit();
  assert.deepEqual(report.failures, []);
  const durations = host.events('config_reloaded').map((event) => `${event['duration_ms']} ms`);
  context.diagnostic(`loaded in ${durations.join(', ')}`);
  context.diagnostic(`${report.requests} requests, the slowest ${report.slowestMs.toFixed(1)} ms; ${host.errors.join('').trim()}`);
});
