import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { eventually } from '../support/eventually.ts';
import { FakeValidator, allowGood } from '../support/fake_validator.ts';
import { folderWith } from '../support/folder.ts';
import { call } from '../support/http_client.ts';
import { documentThatRefers, documentThatSays } from '../support/openapi.ts';
import { startWatchedHost } from '../support/watched_host.ts';

const prism = (name: string, path: string): object => ({ name, path, engine: 'prism', document: `${name}.json` });
const environment = (mocks: readonly object[], more: object = {}): object => ({
  environment: 'pr-7', token_header: 'authorization', mocks, ...more,
});
const ONE = { 'environment.json': environment([prism('one', '/')]), 'one.json': documentThatSays('first') };

const save = (folder: string, name: string, content: unknown): void =>
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));

suite('a changed document is served, however it was saved', () => {
  const ways: Record<string, (folder: string, text: string) => void> = {
    'written in place': (folder, text) => save(folder, 'one.json', text),
    'emptied, then written in parts': (folder, text) => {
      save(folder, 'one.json', '');
      save(folder, 'one.json', text.slice(0, 20));
      save(folder, 'one.json', text);
    },
    'written beside and moved over': (folder, text) => {
      save(folder, '.one.json.swp', text);
      renameSync(join(folder, '.one.json.swp'), join(folder, 'one.json'));
    },
    'removed and written anew': (folder, text) => {
      rmSync(join(folder, 'one.json'));
      save(folder, 'one.json', text);
    },
  };
  for (const [way, write] of Object.entries(ways)) {
    test(way, async (context) => {
      const folder = folderWith(context, ONE);
      const host = await startWatchedHost(context, folder);
      await host.says('"first"');
      for (const says of ['second', 'third']) {
        write(folder, JSON.stringify(documentThatSays(says)));
        await host.says(`"${says}"`);
      }
      const reloaded = await host.event('config_reloaded', 2);
      assert.deepEqual([reloaded['mock_count'], reloaded['changed'], reloaded['removed']], [1, ['one'], []]);
    });
  }

  test('a folder behind a link that is swapped, as Kubernetes does', async (context) => {
    const folder = folderWith(context, {
      'environment.json': environment([{ ...prism('one', '/'), document: 'mounted/one.json' }]),
      'mounted/..v1/one.json': documentThatSays('first'),
      'mounted/..v2/one.json': documentThatSays('second'),
    });
    const mounted = join(folder, 'mounted');
    symlinkSync('..v1', join(mounted, '..data'));
    symlinkSync('..data/one.json', join(mounted, 'one.json'));
    const host = await startWatchedHost(context, folder);
    await host.says('"first"');
    symlinkSync('..v2', join(mounted, '..data_tmp'));
    renameSync(join(mounted, '..data_tmp'), join(mounted, '..data'));
    await host.says('"second"');
  });

  test('a whole folder that is replaced, twice', async (context) => {
    const folder = folderWith(context, {
      'environment.json': environment([{ ...prism('one', '/'), document: 'api/one.json' }]),
      'api/one.json': documentThatSays('first'),
    });
    const host = await startWatchedHost(context, folder);
    for (const says of ['second', 'third']) {
      mkdirSync(join(folder, 'new'));
      save(folder, 'new/one.json', documentThatSays(says));
      rmSync(join(folder, 'api'), { recursive: true });
      renameSync(join(folder, 'new'), join(folder, 'api'));
      await host.says(`"${says}"`);
    }
  });

  test('where folders cannot be watched, too', async (context) => {
    const folder = folderWith(context, ONE);
    const watchFolder = (): never => {
      throw new Error('ENOSPC');
    };
    const host = await startWatchedHost(context, folder, { watchFolder });
    save(folder, 'one.json', documentThatSays('second'));
    await host.says('"second"');
  });
});

suite('files that a document refers to', () => {
  test('count like the document, over several steps and in circles', async (context) => {
    const folder = folderWith(context, {
      'environment.json': environment([prism('one', '/')]),
      'one.json': documentThatRefers('parts/deep.yaml#/Deep'),
      'parts/deep.yaml': 'Deep: {$ref: "deeper/down.yaml#/Down"}',
      'parts/deeper/down.yaml': 'Down: {type: object, properties: {says: {type: string, example: first}, again: {$ref: "#/Down"}}}',
    });
    const host = await startWatchedHost(context, folder);
    assert.match((await host.get('/a')).text, /"says":"first"/);
    save(folder, 'parts/deeper/down.yaml', 'Down: {type: object, properties: {says: {type: string, example: zweitens ä 二}, again: {$ref: "#/Down"}}}');
    await host.event('config_reloaded');
    assert.match((await host.get('/a')).text, /"says":"zweitens ä 二"/);
  });

  test('one that is missing is noticed when it comes', async (context) => {
    const folder = folderWith(context, ONE);
    const host = await startWatchedHost(context, folder);
    save(folder, 'one.json', documentThatRefers('parts/later.json'));
    const failed = await host.event('mock_reload_failed');
    assert.match(String(failed['reason']), /later\.json can't be read/);
    mkdirSync(join(folder, 'parts'));
    save(folder, 'parts/later.json', { type: 'string', example: 'came' });
    await host.says('"came"');
  });
});

suite('a broken document', () => {
  test('is told with file and line, leaves the last good one, and is mended', async (context) => {
    const folder = folderWith(context, ONE);
    const host = await startWatchedHost(context, folder);
    save(folder, 'one.json', '{"openapi": "3.0.3",\n"paths": {]');
    const failed = await host.event('mock_reload_failed');
    assert.deepEqual(
      [failed['mock'], failed['file'], failed['line'], failed['serves_last_good']],
      ['one', join(folder, 'one.json'), 2, true],
    );
    const told = await host.event('config_reload_failed');
    assert.deepEqual([told['mock_count'], String(told['reason']).includes('one.json:2')], [1, true]);
    assert.equal((await host.get('/a')).text, '"first"');
    const health = await host.health();
    assert.deepEqual([health.status, health.mocks[0]?.state, health.mocks[0]?.last_error?.line], ['healthy', 'serving', 2]);
    save(folder, 'one.json', documentThatSays('mended'));
    await host.says('"mended"');
    assert.equal((await host.health()).mocks[0]?.last_error, undefined);
    assert.equal(host.count('config_reload_failed'), 1);
  });

  for (const [what, content] of Object.entries({
    'without operations': { openapi: '3.0.3', info: {}, paths: {} },
    'that is no OpenAPI': { a: 1 },
    'that is empty': '',
  })) {
    test(what, async (context) => {
      const folder = folderWith(context, ONE);
      const host = await startWatchedHost(context, folder);
      save(folder, 'one.json', content);
      await host.event('mock_reload_failed');
      assert.equal((await host.get('/a')).text, '"first"');
      save(folder, 'one.json', ONE['one.json']);
      await host.event('config_reloaded');
      assert.equal((await host.health()).mocks[0]?.last_error, undefined);
    });
  }

  test('that goes is told, and the last good one serves on', async (context) => {
    const folder = folderWith(context, ONE);
    const host = await startWatchedHost(context, folder);
    rmSync(join(folder, 'one.json'));
    assert.match(String((await host.event('mock_reload_failed'))['reason']), /ENOENT/);
    assert.equal((await host.get('/a')).text, '"first"');
  });
});

test('a file that was only touched is loaded by nobody and told to nobody', async (context) => {
  const folder = folderWith(context, ONE);
  const host = await startWatchedHost(context, folder);
  utimesSync(join(folder, 'one.json'), 1, 1);
  save(folder, 'one.json', ONE['one.json']);
  save(folder, 'unrelated.txt', 'x');
  save(folder, 'environment.json', environment([prism('one', '/'), prism('two', '/two')]));
  save(folder, 'two.json', documentThatSays('two'));
  await host.says('"two"', '/two/a');
  assert.deepEqual(
    host.events.filter(({ event }) => event === 'mock_loaded').map(({ mock }) => mock),
    ['one', 'two'],
  );
});

suite('environment.json', () => {
  test('mocks are added, moved and removed; the others stay as they are', async (context) => {
    const folder = folderWith(context, { ...ONE, 'two.json': documentThatSays('two') });
    const host = await startWatchedHost(context, folder);
    save(folder, 'environment.json', environment([prism('one', '/'), prism('two', '/two')]));
    await host.says('"two"', '/two/a');
    save(folder, 'environment.json', environment([prism('one', '/'), prism('two', '/moved')]));
    await host.says('"two"', '/moved/a');
    assert.equal((await host.get('/two/a')).status, 404);
    save(folder, 'environment.json', environment([prism('two', '/moved')]));
    await host.answers(404, '/a');
    const told = await host.event('config_reloaded', 3);
    assert.deepEqual([told['changed'], told['removed'], told['mock_count']], [[], ['one'], 1]);
    assert.equal(host.count('mock_loaded'), 2);
  });

  test('faults are set and taken away without loading anything', async (context) => {
    const folder = folderWith(context, ONE);
    const host = await startWatchedHost(context, folder);
    save(folder, 'environment.json', environment([{ ...prism('one', '/'), errors: { share: 1, status: 503 } }]));
    await host.answers(503, '/a');
    assert.deepEqual((await host.event('config_reloaded'))['changed'], ['one']);
    save(folder, 'environment.json', ONE['environment.json']);
    await host.says('"first"');
    assert.equal(host.count('mock_loaded'), 1);
  });

  test('two mocks that exchange their paths never answer at the same', async (context) => {
    const folder = folderWith(context, { ...ONE, 'two.json': documentThatSays('two') });
    const both = (one: string, two: string): object => environment([prism('one', one), prism('two', two)]);
    save(folder, 'environment.json', both('/x', '/y'));
    const host = await startWatchedHost(context, folder);
    save(folder, 'environment.json', both('/y', '/x'));
    await host.says('"two"', '/x/a');
    assert.equal((await host.get('/y/a')).text, '"first"');
  });

  test('two mocks may share a document', async (context) => {
    const folder = folderWith(context, ONE);
    const shared = ['one', 'two'].map((name) => ({ ...prism('one', `/${name}`), name }));
    save(folder, 'environment.json', environment(shared));
    const host = await startWatchedHost(context, folder);
    save(folder, 'one.json', documentThatSays('both'));
    await host.says('"both"', '/one/a');
    assert.equal((await host.get('/two/a')).text, '"both"');
  });

  test('a broken one is told, and what was served goes on, edits of documents included', async (context) => {
    const folder = folderWith(context, ONE);
    const host = await startWatchedHost(context, folder);
    save(folder, 'environment.json', environment([{ ...prism('one', '/'), path: '/a/' }]));
    const failed = await host.event('config_reload_failed');
    assert.deepEqual([failed['file'], failed['mock_count']], [join(folder, 'environment.json'), 1]);
    assert.match((await host.health()).last_error?.reason ?? '', /mocks\[0\]\.path/);
    save(folder, 'one.json', documentThatSays('second'));
    await host.says('"second"');
    save(folder, 'environment.json', ONE['environment.json']);
    await eventually(async () => (await host.health()).last_error === undefined);
  });

  test('a new mock whose document is broken has its path, says why, and is unhealthy until it is mended', async (context) => {
    const folder = folderWith(context, { ...ONE, 'two.json': '{' });
    const host = await startWatchedHost(context, folder);
    save(folder, 'environment.json', environment([prism('one', '/'), prism('two', '/two')]));
    await host.answers(503, '/two/a');
    assert.match((await host.get('/two/a')).text, /Mock 'two' can't be served: .*two\.json/);
    assert.equal((await host.health()).mocks[1]?.state, 'failed');
    assert.equal((await host.event('mock_reload_failed'))['serves_last_good'], false);
    assert.equal((await host.get('/a')).text, '"first"');
    save(folder, 'two.json', documentThatSays('two'));
    await host.says('"two"', '/two/a');
    assert.equal((await host.health()).status, 'healthy');
  });

  test("the gateway role's routes follow it", async (context) => {
    const validator = await new FakeValidator(context, allowGood).start();
    const gateway = { gateway: { validator_socket: validator.socketPath, issuer_socket: null, cache_seconds: 300 } };
    const folder = folderWith(context, { ...ONE, 'environment.json': environment([prism('one', '/one')], gateway) });
    const host = await startWatchedHost(context, folder);
    const status = async (target: string): Promise<number> =>
      (await call(host.url, { target, headers: { authorization: 'Bearer good' } })).status;
    assert.deepEqual([await status('/one/a'), await status('/two/a')], [200, 404]);
    save(folder, 'environment.json', environment([prism('one', '/two')], gateway));
    await host.event('config_reloaded');
    assert.deepEqual([await status('/one/a'), await status('/two/a')], [404, 200]);
    assert.equal(host.count('restart_needed'), 0);
  });

  test('what only a restart can change is told, once', async (context) => {
    const folder = folderWith(context, ONE);
    const host = await startWatchedHost(context, folder);
    save(folder, 'environment.json', environment([prism('one', '/moved')], { token_header: 'x-mock-token' }));
    assert.deepEqual((await host.event('restart_needed'))['changed'], ['token_header']);
    await host.says('"first"', '/moved/a');
    save(folder, 'environment.json', environment([prism('one', '/again')], { token_header: 'x-mock-token' }));
    await host.says('"first"', '/again/a');
    assert.equal(host.count('restart_needed'), 1);
  });
});
