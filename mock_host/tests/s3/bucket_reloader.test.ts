import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { suite, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { loadHere, type Load } from '../../src/reload/load.ts';
import { startBucketHost } from '../support/bucket_host.ts';
import { eventually } from '../support/eventually.ts';
import { FakeS3, breakOff, refuse } from '../support/fake_s3.ts';
import { documentThatRefers, documentThatSays } from '../support/openapi.ts';

const MOCKS = ['one', 'two'].map((name) => ({ name, path: `/${name}`, engine: 'prism', document: `mocks/${name}/${name}.json` }));
const environment = (mocks: readonly object[] = MOCKS, more: object = {}): object => ({
  environment: 'pr-7', token_header: 'authorization', mocks, ...more,
});

/** A version whose two mocks say this. */
const version = (one: string, two: string): Record<string, unknown> => ({
  'environment.json': environment(),
  'mocks/one/one.json': documentThatSays(one),
  'mocks/two/two.json': documentThatSays(two),
});

const FIRST = version('first', 'two');

suite('a new version', () => {
  test('is served as soon as it is current, and told of', async (context) => {
    const s3 = await new FakeS3(context).appear();
    s3.push('v1', FIRST);
    const host = await startBucketHost(context, s3, { files: FIRST, version: 'v1' });
    assert.equal((await host.health()).version, 'v1');
    assert.equal(host.count('config_reloaded'), 0);
    s3.push('v2', version('second', 'two'));
    await host.says('"second"', '/one/a');
    const told = await host.event('config_reloaded');
    assert.deepEqual([told['version'], told['mock_count'], told['changed']], ['v2', 2, ['one']]);
    assert.equal((await host.health()).version, 'v2');
  });

  test('loads only the documents that have other content', async (context) => {
    const s3 = await new FakeS3(context).appear();
    s3.push('v1', FIRST);
    const host = await startBucketHost(context, s3, { files: FIRST, version: 'v1' });
    s3.push('v2', version('second', 'two'));
    await host.event('config_reloaded');
    s3.push('v3', version('second', 'two 3'));
    await host.event('config_reloaded', 2);
    const loaded = host.events.filter(({ event }) => event === 'mock_loaded').map(({ mock }) => mock);
    assert.deepEqual(loaded, ['one', 'two', 'one', 'two']);
  });

  test('is taken over at the start where what the host started with has none', async (context) => {
    const s3 = await new FakeS3(context).appear();
    s3.push('v1', version('newer', 'two'));
    const host = await startBucketHost(context, s3, { files: FIRST });
    assert.equal((await host.get('/one/a')).text, '"newer"');
    assert.equal((await host.health()).version, 'v1');
  });

  test('may be an old one again, may add and remove mocks, and may lack a manifest', async (context) => {
    const s3 = await new FakeS3(context).appear();
    s3.push('v1', FIRST);
    const host = await startBucketHost(context, s3, { files: FIRST, version: 'v1' });
    const three = { name: 'three', path: '/', engine: 'prism', document: 'three.json' };
    s3.push('v2', { 'environment.json': environment([three]), 'three.json': documentThatSays('three') }, { manifest: false });
    await host.says('"three"');
    assert.equal((await host.get('/one/a')).status, 404);
    s3.put('current/version', 'v1');
    await host.says('"first"', '/one/a');
    assert.equal((await host.get('/a')).status, 404);
  });

  test('leaves no old ones behind', async (context) => {
    const s3 = await new FakeS3(context).appear();
    const host = await startBucketHost(context, pushed(s3, 'v1'), { files: FIRST });
    for (const name of ['v2', 'v3']) {
      s3.push(name, version(name, 'two'));
      await host.says(`"${name}"`, '/one/a');
    }
    await eventually(() => readdirSync(host.folder).length === 1);
  });

  test('whose token header is another is served, and the restart that it needs is told', async (context) => {
    const s3 = pushed(await new FakeS3(context).appear(), 'v1');
    const host = await startBucketHost(context, s3, { files: FIRST, version: 'v1' });
    s3.push('v2', { ...version('second', 'two'), 'environment.json': environment(MOCKS, { token_header: null }) });
    assert.deepEqual((await host.event('restart_needed'))['changed'], ['token_header']);
    await host.says('"second"', '/one/a');
  });
});

suite('a version is served whole or not at all:', () => {
  test('one broken document keeps all of it out, and is told once, by its name in the version', async (context) => {
    const s3 = pushed(await new FakeS3(context).appear(), 'v1');
    const host = await startBucketHost(context, s3, { files: FIRST, version: 'v1' });
    s3.push('v2', { ...version('second', 'two'), 'mocks/two/two.json': '{\n"openapi": ]' });
    const failed = await host.event('mock_reload_failed');
    assert.deepEqual([failed['mock'], failed['file'], failed['line'], failed['version']], ['two', 'mocks/two/two.json', 2, 'v2']);
    const told = await host.event('config_reload_failed');
    assert.deepEqual([told['version'], told['mock_count']], ['v2', 2]);
    const health = await host.health();
    assert.deepEqual(
      [health.status, health.version, health.last_error?.version, health.last_error?.file],
      ['healthy', 'v1', 'v2', 'mocks/two/two.json'],
    );
    await eventually(() => s3.asked.filter((key) => key === 'versions/v2/environment.json').length > 2);
    assert.equal((await host.get('/one/a')).text, '"first"');
    assert.equal(host.count('config_reload_failed'), 1);
    s3.push('v3', version('third', 'two'));
    await host.says('"third"', '/one/a');
    // The version serves a moment before what was before it is removed and the trouble is over.
    await eventually(async () => (await host.health()).last_error === undefined);
  });

  test('a refused version is tried again less often than the pointer is looked at', async (context) => {
    const s3 = pushed(await new FakeS3(context).appear(), 'v1');
    const host = await startBucketHost(context, s3, { files: FIRST, version: 'v1' });
    s3.push('v2', { 'environment.json': '{' });
    await host.event('config_reload_failed');
    await eventually(() => s3.asked.filter((key) => key === 'versions/v2/environment.json').length > 3);
    const asked = (key: string): number => s3.asked.filter((one) => one === key).length;
    assert.ok(asked('current/version') > asked('versions/v2/environment.json') + 3, s3.asked.join(' '));
  });

  test('its pointer came before its files', async (context) => {
    const s3 = pushed(await new FakeS3(context).appear(), 'v1');
    const host = await startBucketHost(context, s3, { files: FIRST, version: 'v1' });
    s3.put('current/version', 'v2');
    assert.match(String((await host.event('config_reload_failed'))['reason']), /has no files/);
    s3.put('versions/v2/environment.json', environment());
    s3.put('versions/v2/mocks/one/one.json', documentThatRefers('part.json'));
    await host.event('config_reload_failed', 2);
    s3.put('versions/v2/mocks/two/two.json', documentThatSays('two'));
    await eventually(() => host.events.some(({ event, reason }) => event === 'config_reload_failed' && /part\.json/.test(String(reason))));
    assert.equal((await host.get('/one/a')).text, '"first"');
    s3.put('versions/v2/mocks/one/part.json', { type: 'string', example: 'whole' });
    await host.says('"whole"', '/one/a');
  });

  test('the pointer moves on while a version is loaded: the old one is never served', async (context) => {
    const s3 = pushed(await new FakeS3(context).appear(), 'v1');
    const load: Load = async (document, known) => {
      const outcome = await loadHere(document, known);
      if (s3.objects.get('current/version')?.toString() === 'v2\n') s3.push('v3', version('third', 'two'));
      return outcome;
    };
    const host = await startBucketHost(context, s3, { files: FIRST, version: 'v1', load });
    s3.push('v2', version('stale', 'two'));
    await host.says('"third"', '/one/a');
    assert.deepEqual(host.events.filter(({ event }) => event === 'config_reloaded').map((told) => told['version']), ['v3']);
  });

  for (const [what, pointer] of Object.entries({ 'a path': '../v2', nothing: '', 'what is no text': Buffer.alloc(300, 0xff) }))
    test(`a pointer to ${what} is refused`, async (context) => {
      const s3 = pushed(await new FakeS3(context).appear(), 'v1');
      const host = await startBucketHost(context, s3, { files: FIRST, version: 'v1' });
      s3.put('current/version', pointer);
      assert.match(String((await host.event('config_reload_failed'))['reason']), /current\/version holds no version/);
      assert.equal((await host.get('/one/a')).text, '"first"');
    });
});

suite('with S3 in trouble what was served goes on', () => {
  const troubles: Record<string, [(s3: FakeS3) => unknown, (s3: FakeS3) => unknown, RegExp]> = {
    'it is gone': [(s3) => s3.vanish(), (s3) => s3.appear(), /ECONNREFUSED|ECONNRESET|hang up/],
    'it throttles': [
      (s3) => (s3.disturb = (_, response) => (refuse(response, 503, 'SlowDown'), true)), (s3) => (s3.disturb = () => false),
      /503 \(SlowDown\)/,
    ],
    'it refuses': [
      (s3) => (s3.disturb = (_, response) => (refuse(response, 403, 'AccessDenied'), true)), (s3) => (s3.disturb = () => false),
      /403 \(AccessDenied\)/,
    ],
    'it breaks off': [
      (s3) => (s3.disturb = (key, response) => key.endsWith('one.json') && (breakOff(response, Buffer.alloc(99)), true)),
      (s3) => (s3.disturb = () => false), /aborted/,
    ],
  };
  for (const [what, [begin, end, reason]] of Object.entries(troubles))
    test(`${what}, and is asked again until it is back`, async (context) => {
      const s3 = pushed(await new FakeS3(context).appear(), 'v1');
      const host = await startBucketHost(context, s3, { files: FIRST, version: 'v1' });
      await begin(s3);
      s3.push('v2', version('second', 'two'));
      assert.match(String((await host.event('bucket_unreachable'))['reason']), reason);
      assert.match((await host.health()).last_error?.reason ?? '', /the config bucket can't be read/);
      assert.deepEqual([(await host.get('/one/a')).text, (await host.health()).status], ['"first"', 'healthy']);
      await end(s3);
      await host.says('"second"', '/one/a');
      await host.event('bucket_reachable');
      assert.equal((await host.health()).last_error, undefined);
      assert.equal(host.count('config_reload_failed'), 0);
    });

  test('it is slow: the version comes when it comes', async (context) => {
    const s3 = pushed(await new FakeS3(context).appear(), 'v1');
    const host = await startBucketHost(context, s3, { files: FIRST, version: 'v1' });
    s3.disturb = (key, response) => {
      const end = response.end.bind(response);
      response.end = ((...args: []) => void pause(20).then(() => end(...args))) as never;
      return key === 'never';
    };
    s3.push('v2', version('second', 'two'));
    await host.says('"second"', '/one/a');
    assert.equal(host.count('bucket_unreachable'), 0);
  });
});

test('a bucket in which nothing changes costs one small question a time', async (context) => {
  const s3 = pushed(await new FakeS3(context).appear(), 'v1');
  await startBucketHost(context, s3, { files: FIRST, version: 'v1' });
  await eventually(() => s3.answered.length > 10);
  assert.deepEqual([...new Set(s3.asked)], ['current/version']);
  assert.deepEqual(s3.answered.slice(1, 10), Array(9).fill(304));
});

function pushed(s3: FakeS3, name: string): FakeS3 {
  s3.push(name, FIRST);
  return s3;
}
