import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGatewayRoutes } from '../../src/gateway/routes.ts';

const routeKey = (...mounted: string[]) => {
  const routes = createGatewayRoutes(mounted.map((path) => ({ path })));
  return (method: string, path: string): string | undefined => routes(method, path)?.key;
};

test('an exact path, and everything below it by the greedy one', () => {
  const key = routeKey('/petstore');
  assert.equal(key('GET', '/petstore'), 'ANY /petstore');
  assert.equal(key('GET', '/petstore/'), 'ANY /petstore/{proxy+}');
  assert.equal(key('POST', '/petstore/pets/1'), 'ANY /petstore/{proxy+}');
  assert.equal(key('GET', '/petstorex'), undefined);
  assert.equal(key('GET', '/'), undefined);
});

test('a mock at the root has / and /{proxy+}', () => {
  const key = routeKey('/', '/auth');
  assert.equal(key('GET', '/'), 'ANY /');
  assert.equal(key('GET', '/a/b'), 'ANY /{proxy+}');
  assert.equal(key('GET', '/auth/x'), 'ANY /auth/{proxy+}');
  assert.equal(key('GET', '/authx'), 'ANY /{proxy+}');
  assert.equal(key('GET', '/_mockenv/other'), 'ANY /{proxy+}');
});

test('only OPTIONS is open, and only spelt so', () => {
  const routes = createGatewayRoutes([{ path: '/a' }]);
  assert.deepEqual(routes('OPTIONS', '/a/b'), { key: 'OPTIONS /a/{proxy+}', authorized: false, proxy: 'b' });
  assert.deepEqual(routes('OPTIONS', '/a'), { key: 'OPTIONS /a', authorized: false, proxy: undefined });
  for (const method of ['GET', 'HEAD', 'options', 'PROPFIND', '']) assert.equal(routes(method, '/a')?.authorized, true, method);
});
