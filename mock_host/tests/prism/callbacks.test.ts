import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Mock } from '../../src/configuration.ts';
import { eventually } from '../support/eventually.ts';
import { folderWith } from '../support/folder.ts';
import { startHost, type TestHostOptions } from '../support/host.ts';
import { call } from '../support/http_client.ts';
import { startUpstream } from '../support/upstream.ts';

/** A host with a document whose one operation calls back; `called` counts what arrives there. */
async function start(context: TestContext, more: Partial<TestHostOptions>) {
  let calls = 0;
  const target = await startUpstream(context, (_, response) => {
    calls += 1;
    response.end();
  });
  const answers = { '200': { description: 'said', content: { 'text/plain': { example: 'said' } } } };
  const url = new URL('/called', target.upstream).href;
  const document = JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'Callbacks', version: '1' },
    paths: {
      '/orders': {
        post: { responses: answers, callbacks: { paid: { [url]: { post: { responses: answers } } } } },
      },
    },
  });
  const file = join(folderWith(context, { 'orders.json': document }), 'orders.json');
  const mock: Mock = { name: 'orders', path: '/', engine: 'prism', document: file };
  const host = await startHost(context, { mocks: [mock], ...more });
  return { ...host, called: () => calls };
}

const order = { method: 'POST', target: '/orders', headers: { authorization: 'Bearer a' } };

test("where it plays the gateway, on somebody's own machine, callbacks are sent", async (context) => {
  const { url, called } = await start(context, { gateway: { validator: () => Promise.resolve(true) } });
  assert.equal((await call(url, order)).status, 200);
  await eventually(() => called() === 1);
});

test('behind a real gateway no document makes the host call anybody', async (context) => {
  const { url, called } = await start(context, {});
  for (let times = 0; times < 20; times += 1) assert.equal((await call(url, order)).status, 200);
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.equal(called(), 0);
});
