import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { listen } from '../src/server.ts';

async function listening(context: TestContext, keepAliveSeconds: number) {
  const { server } = await listen((_, response) => response.end(), { host: '127.0.0.1', port: 0, keepAliveSeconds }, false);
  context.after(() => server.close());
  return server;
}

test('a connection is kept as long as it is said, also before its first request', async (context) => {
  const server = await listening(context, 90);
  assert.equal(server.keepAliveTimeout, 90_000);
  assert.equal(server.headersTimeout, 90_000);
});

test('connections that are kept shortly leave headers the time that Node gives them', async (context) => {
  const server = await listening(context, 1);
  assert.equal(server.keepAliveTimeout, 1_000);
  assert.equal(server.headersTimeout, 60_000);
});
