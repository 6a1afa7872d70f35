import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { createControlApi } from '../../src/expectations/control_api.ts';
import { generationOf, type Generation } from '../../src/expectations/generation.ts';
import { Keeper } from '../../src/expectations/keeper.ts';
import { eventually } from '../support/eventually.ts';
import { FakeMockServer, says } from '../support/fake_mockserver.ts';

const saying = (...bodies: string[]): Generation =>
  generationOf(bodies.map((body) => says(body, body === 'refused' ? '/refused' : '/a') as Record<string, unknown>));

/** A keeper of the server, and what it told. */
function keep(context: TestContext, server: FakeMockServer): { keeper: Keeper; told: string[] } {
  const told: string[] = [];
  const keeper = new Keeper({
    upstream: server.url,
    api: createControlApi(server.url),
    nowMs: () => performance.now(),
    times: { retryMs: 5, longestRetryMs: 20, lookMs: 20 },
    onInForce: ({ expectations }) => told.push(`in force: ${expectations.length}`),
    onRefused: (_, reason, servesLastGood) => told.push(`refused: ${reason} ${servesLastGood}`),
    onLost: (reason) => told.push(`lost: ${reason.replace(/:\d+/, '')}`),
  });
  context.after(() => keeper.close());
  return { keeper, told };
}

test('expectations are put once, and looked at without being put again', async (context) => {
  const server = await new FakeMockServer(context).appear();
  const { keeper, told } = keep(context, server);
  assert.match(keeper.trouble ?? '', /not there yet/);
  await keeper.want(saying('a', 'b'));
  assert.deepEqual([server.bodies(), keeper.trouble, told], [['a', 'b'], undefined, ['in force: 2']]);
  await eventually(() => server.asked.filter((path) => path === '/mockserver/retrieve').length > 4);
  assert.equal(server.asked.filter((path) => path === '/mockserver/expectation').length, 1);
});

test('none at all are in force too', async (context) => {
  const server = await new FakeMockServer(context).appear();
  const { keeper } = keep(context, server);
  await keeper.want(saying('a'));
  await keeper.want(saying());
  assert.deepEqual([server.bodies(), keeper.trouble], [[], undefined]);
});

test('of changes that come faster than they can be made the last one counts', async (context) => {
  const server = await new FakeMockServer(context).appear();
  server.slowMs = 5;
  const { keeper } = keep(context, server);
  const all = ['a', 'b', 'c', 'd'].map((body) => keeper.want(saying(body)));
  await Promise.all(all);
  assert.deepEqual([server.bodies(), keeper.trouble], [['d'], undefined]);
});

test('a server that is up later gets them then', async (context) => {
  const server = await new FakeMockServer(context).appear();
  await server.vanish();
  const { keeper, told } = keep(context, server);
  const settled = keeper.want(saying('a'));
  await eventually(() => keeper.trouble?.includes('ECONNREFUSED'));
  await server.appear();
  await settled;
  assert.deepEqual([server.bodies(), told], [['a'], ['in force: 1']]);
});

suite('a server that comes back empty is filled again,', () => {
  test('and is in trouble until it is', async (context) => {
    const server = await new FakeMockServer(context).appear();
    const { keeper, told } = keep(context, server);
    await keeper.want(saying('a'));
    for (let round = 1; round <= 3; round += 1) {
      await server.vanish();
      await eventually(() => keeper.trouble !== undefined);
      await server.appear();
      await eventually(() => keeper.trouble === undefined);
      assert.deepEqual(server.bodies(), ['a']);
    }
    assert.deepEqual(told.filter((line) => line.startsWith('in force')).length, 4);
    assert.match(told[1] ?? '', /^lost: 127\.0\.0\.1 can't be reached \(ECONNREFUSED\)|hang up|ECONNRESET/);
  });

  test('with what was changed meanwhile', async (context) => {
    const server = await new FakeMockServer(context).appear();
    const { keeper } = keep(context, server);
    await keeper.want(saying('a'));
    await server.vanish();
    const settled = keeper.want(saying('b'));
    await server.appear();
    await settled;
    assert.deepEqual(server.bodies(), ['b']);
  });

  test('when somebody only emptied it', async (context) => {
    const server = await new FakeMockServer(context).appear();
    const { keeper, told } = keep(context, server);
    await keeper.want(saying('a'));
    server.expectations.clear();
    await eventually(() => server.bodies().length === 1);
    assert.ok(told.includes('lost: it has lost its expectations'));
  });

  test('however it breaks off in the middle of a change', async (context) => {
    const server = await new FakeMockServer(context).appear();
    const { keeper } = keep(context, server);
    await keeper.want(saying('a', 'b'));
    let broken = 0;
    server.disturb = (path, response) => path === '/mockserver/clear' && (broken += 1) < 3 && (response.destroy(), true);
    await keeper.want(saying('c'));
    assert.deepEqual([server.bodies(), keeper.trouble, broken], [['c'], undefined, 5]);
  });
});

suite('what the server refuses', () => {
  test('is taken back as a whole; what was there goes on', async (context) => {
    const server = await new FakeMockServer(context).appear();
    const { keeper, told } = keep(context, server);
    await keeper.want(saying('a'));
    await keeper.want(saying('b', 'refused'));
    assert.deepEqual([server.bodies(), keeper.trouble], [['a'], undefined]);
    assert.equal(told[1], 'refused: MockServer answers 400: no such path please true');
    await keeper.want(saying('c'));
    assert.deepEqual(server.bodies(), ['c']);
  });

  test('leaves it in trouble where nothing was there before, until something else is wanted', async (context) => {
    const server = await new FakeMockServer(context).appear();
    const { keeper, told } = keep(context, server);
    await keeper.want(saying('refused'));
    assert.match(keeper.trouble ?? '', /answers 400/);
    assert.match(told[0] ?? '', /false$/);
    await keeper.want(saying('a'));
    assert.deepEqual([server.bodies(), keeper.trouble], [['a'], undefined]);
  });

  test('does not keep what was good from coming back after a restart', async (context) => {
    const server = await new FakeMockServer(context).appear();
    const { keeper } = keep(context, server);
    await keeper.want(saying('a'));
    await keeper.want(saying('refused'));
    await server.vanish();
    await eventually(() => keeper.trouble !== undefined);
    await server.appear();
    await eventually(() => keeper.trouble === undefined);
    assert.deepEqual(server.bodies(), ['a']);
  });
});

test('a server with errors of its own is asked again', async (context) => {
  const server = await new FakeMockServer(context).appear();
  let errors = 0;
  server.disturb = (_, response) => (errors += 1) < 4 && (response.writeHead(500).end(), true);
  const { keeper } = keep(context, server);
  await keeper.want(saying('a'));
  assert.deepEqual(server.bodies(), ['a']);
});

test('a large file goes in several requests, in its order', async (context) => {
  const server = await new FakeMockServer(context).appear();
  const { keeper } = keep(context, server);
  const bodies = Array.from({ length: 30 }, (_, index) => `${index}${'x'.repeat(100_000)}`);
  await keeper.want(saying(...bodies));
  assert.deepEqual(server.bodies(), bodies);
  assert.ok(server.asked.filter((path) => path === '/mockserver/expectation').length >= 3);
});

test('one that is closed settles, and does nothing more', async (context) => {
  const server = await new FakeMockServer(context).appear();
  await server.vanish();
  const { keeper } = keep(context, server);
  const settled = keeper.want(saying('a'));
  keeper.close();
  await settled;
  await server.appear();
  assert.deepEqual(server.asked, []);
});
