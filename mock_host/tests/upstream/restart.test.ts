import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventually } from '../support/eventually.ts';
import { folderWith } from '../support/folder.ts';
import { startHost } from '../support/host.ts';
import { call } from '../support/http_client.ts';
import { Load } from '../support/load.ts';
import { documentThatSays } from '../support/openapi.ts';

const RESTARTS = 3;

async function listening(port: number): Promise<Server> {
  const server = createServer((_, response) => response.end('upstream')).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function killed(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}

test('an upstream that ends and comes back under load: told while it is gone, and no other mock notices', async (context) => {
  let server = await listening(0);
  context.after(() => server.listening && killed(server));
  const { port } = server.address() as AddressInfo;
  const upstream = new URL(`http://127.0.0.1:${port}`);
  const document = join(folderWith(context, { 'a.json': documentThatSays('prism') }), 'a.json');
  const { url, faults } = await startHost(context, {
    mocks: [
      { name: 'prism', path: '/prism', engine: 'prism', document },
      { name: 'ledger', path: '/ledger', engine: 'service', upstream },
    ],
  });
  const prism = new Load(context, [`${url}/prism/a`], (status) => status === 200);
  const ledger = new Load(context, [`${url}/ledger/a`], (status) => status === 200 || status === 502);
  const status = async (target: string): Promise<number> => (await call(url, { target })).status;
  for (let round = 0; round < RESTARTS; round += 1) {
    await killed(server);
    await eventually(async () => (await status('/ledger/a')) === 502);
    await eventually(async () => (await status('/_mockenv/health')) === 503);
    server = await listening(port);
    await eventually(async () => (await status('/ledger/a')) === 200);
    await eventually(async () => (await status('/_mockenv/health')) === 200);
  }
  assert.deepEqual([(await prism.stop()).failures, (await ledger.stop()).failures, faults], [[], [], []]);
});
