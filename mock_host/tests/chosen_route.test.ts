import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { isRouteOf } from '../src/chosen_route.ts';
import type { Mock } from '../src/configuration.ts';
import { startHost } from './support/host.ts';
import { call } from './support/http_client.ts';
import { SPECS } from './support/paths.ts';
import { startUpstream } from './support/upstream.ts';

const MOCKS: readonly Mock[] = [
  { name: 'petstore', path: '/', engine: 'prism', document: join(SPECS, 'petstore-expanded.yaml') },
  { name: 'pay', path: '/pay', engine: 'prism', document: join(SPECS, 'petstore-expanded.yaml') },
];

test('a route belongs to one mock', () => {
  const routes = ['ANY /', 'ANY /{proxy+}', 'ANY /pay', 'ANY /pay/{proxy+}', 'OPTIONS /pay/{proxy+}', 'ANY /pay/v2'];
  const of = (path: string): string[] => routes.filter((route) => isRouteOf(route, path));
  assert.deepEqual(of('/'), ['ANY /', 'ANY /{proxy+}']);
  assert.deepEqual(of('/pay'), ['ANY /pay', 'ANY /pay/{proxy+}', 'OPTIONS /pay/{proxy+}']);
  assert.deepEqual(of('/pay/v2'), ['ANY /pay/v2']);
  for (const other of ['', 'ANY', 'ANY /pay/', 'ANY /pay, ANY /', '$default']) assert.equal(isRouteOf(other, '/pay'), false);
});

test('a request that the gateway sent another way reaches no mock', async (context) => {
  const { url } = await startHost(context, { mocks: MOCKS, requiresRoute: true });
  const status = async (target: string, route?: string): Promise<number> =>
    (await call(url, { target, headers: route === undefined ? {} : { 'x-mock-route': route } })).status;
  assert.equal(await status('/pay/pets', 'ANY /pay/{proxy+}'), 200);
  assert.equal(await status('/pets', 'ANY /{proxy+}'), 200);
  // A gateway that decodes after it has chosen, and one that decodes before and forwards the bytes.
  assert.equal(await status('/pay/pets', 'ANY /{proxy+}'), 404);
  assert.equal(await status('/pets', 'ANY /pay/{proxy+}'), 404);
  assert.equal(await status('/pay/pets'), 404);
  assert.equal((await call(url, { target: '/_mockenv/health' })).status, 200);
});

test('without scopes a route need not be named, and one that is named still counts', async (context) => {
  const { url } = await startHost(context, { mocks: MOCKS });
  assert.equal((await call(url, { target: '/pay/pets' })).status, 200);
  assert.equal((await call(url, { target: '/pay/pets', headers: { 'x-mock-route': 'ANY /{proxy+}' } })).status, 404);
});

test('in the gateway role the host chooses by itself, whatever a caller names', async (context) => {
  const gateway = { validator: () => Promise.resolve(true) };
  const { url } = await startHost(context, { mocks: MOCKS, gateway });
  const headers = { authorization: 'Bearer good', 'x-mock-route': 'ANY /elsewhere' };
  assert.equal((await call(url, { target: '/pay/pets', headers })).status, 200);
});

test('an engine does not see the route', async (context) => {
  let seen: string | string[] | undefined = 'nothing';
  const upstream = await startUpstream(context, (request, response) => {
    seen = request.headers['x-mock-route'];
    response.end();
  });
  const { url } = await startHost(context, { mocks: [upstream], requiresRoute: true });
  const answer = await call(url, { target: '/ledger/x', headers: { 'x-mock-route': 'ANY /ledger/{proxy+}' } });
  assert.equal(answer.status, 200);
  assert.equal(seen, undefined);
});
