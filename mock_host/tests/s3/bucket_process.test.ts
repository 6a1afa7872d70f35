import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { buildHost } from '../support/built_host.ts';
import { Child } from '../support/child.ts';
import { eventually } from '../support/eventually.ts';
import { FakeS3, breakOff } from '../support/fake_s3.ts';
import { folderWith } from '../support/folder.ts';
import { call } from '../support/http_client.ts';
import { Load } from '../support/load.ts';
import { documentThatSays } from '../support/openapi.ts';

const PUSHES = 3;
const bundle = buildHost({ after });

const mocks = ['one', 'two'].map((name) => ({ name, path: `/${name}`, engine: 'prism', document: `mocks/${name}.json` }));
const version = (says: string): Record<string, unknown> => ({
  'environment.json': { environment: 'pr-7', token_header: 'authorization', mocks },
  'mocks/one.json': documentThatSays(says),
  'mocks/two.json': documentThatSays(says),
});

/** Credentials and metadata as the ECS agent gives them. */
async function startEcsAgent(context: TestContext): Promise<Record<string, string>> {
  const server = createServer(({ url }, response) => {
    const expires = new Date(Date.now() + 3_600_000).toISOString();
    const credentials = { AccessKeyId: 'ASIAEXAMPLE', SecretAccessKey: 's', Token: 't', Expiration: expires };
    response.end(JSON.stringify(url === '/credentials' ? credentials : { TaskARN: 'arn:aws:ecs:eu-central-1:1:task/cluster/abc123' }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  context.after(() => server.close());
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${origin}/credentials`, ECS_CONTAINER_METADATA_URI_V4: `${origin}/v4` };
}

test('as in an ECS task: new versions under load, through an outage, no request fails and none is torn', async (context) => {
  const s3 = await new FakeS3(context).appear();
  s3.push('v0', version('v0'));
  const folder = folderWith(context, { ...version('v0'), version: 'v0\n' });
  const environment = { ...(await startEcsAgent(context)), AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: '' };
  const bucket = ['--bucket', s3.bucket, '--sources-folder', join(folder, 'versions'), '--endpoint', s3.endpoint.origin];
  const args = [bundle, '--config', join(folder, 'environment.json'), '--port', '0', ...bucket, '--poll-seconds', '1'];
  const host = new Child(context, args, environment);
  const url = String((await host.event('ready'))['url']);
  const load = new Load(context, [`${url}/one/a`, `${url}/two/a`], (status, text) => status === 200 && /^"v\d"$/.test(text));
  for (let push = 1; push <= PUSHES; push += 1) {
    s3.disturb = (key, response) => push === 2 && key.endsWith('two.json') && (breakOff(response, Buffer.alloc(99)), true);
    s3.push(`v${push}`, version(`v${push}`));
    if (push === 2) await host.event('bucket_unreachable');
    s3.disturb = () => false;
    await eventually(() => host.events('config_reloaded').length === push);
    for (const mock of ['one', 'two']) assert.equal((await call(url, { target: `/${mock}/a` })).text, `"v${push}"`);
  }
  const report = await load.stop();
  const { version: served, task } = JSON.parse((await call(url, { target: '/_mockenv/health' })).text) as Record<string, string>;
  assert.deepEqual([served, task, report.failures], ['v3', 'abc123', []]);
  assert.ok(host.events('config_reloaded').every((event) => event['environment'] === 'pr-7'), 'metric filters count by it');
  assert.equal(host.events('config_reload_failed').length, 0);
  assert.deepEqual(host.errors, []);
  context.diagnostic(`${report.requests} requests, the slowest ${report.slowestMs.toFixed(1)} ms`);
});

test('a bucket without credentials ends the start', async (context) => {
  const folder = folderWith(context, version('v0'));
  const bucket = ['--bucket', 'config', '--sources-folder', folder, '--region', 'eu-central-1'];
  const host = new Child(context, [bundle, '--config', join(folder, 'environment.json'), '--port', '0', ...bucket], { AWS_ACCESS_KEY_ID: '' });
  assert.match(String((await host.event('failed'))['message']), /no AWS credentials/);
  assert.equal(await host.exit(), 1);
});
