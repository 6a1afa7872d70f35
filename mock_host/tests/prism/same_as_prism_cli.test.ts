import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { loadDocument } from '../../src/prism/documents.ts';
import { Child } from '../support/child.ts';
import { derivedCalls } from '../support/derived_calls.ts';
import { startHost } from '../support/host.ts';
import { call, type Answer, type Call } from '../support/http_client.ts';
import { DOCUMENTS, PRISM_CLI, SPECS } from '../support/paths.ts';

const BASE = '/base';

/** Set by the HTTP server, not by Prism; the time-out is ours to choose. */
const NOT_COMPARED = ['date', 'connection', 'keep-alive'];

const COMPARED = [
  join(SPECS, 'petstore-expanded.yaml'),
  join(SPECS, 'tictactoe.yaml'),
  join(SPECS, 'uspto.yaml'),
  join(DOCUMENTS, 'features.yaml'),
];

suite('answers what the Prism CLI answers', () => {
  for (const document of COMPARED) {
    test(document.split('/').at(-1), async (context) => {
      const [prism, host] = await Promise.all([startPrismCli(context, document), startMock(context, document)]);
      const calls = derivedCalls(await loadDocument(document));
      assert.ok(calls.length > 100);
      for (const made of calls) {
        const expected = await compared(prism, made);
        const actual = await compared(host, { ...made, target: BASE + made.target });
        assert.deepEqual(actual, expected, `differs at ${JSON.stringify(made)}`);
      }
    });
  }
});

async function startMock(context: TestContext, document: string): Promise<string> {
  const { url } = await startHost(context, {
    mocks: [{ name: 'mock', path: BASE, engine: 'prism', document }],
    tokenHeader: 'x-mock-token',
  });
  return url;
}

async function startPrismCli(context: TestContext, document: string): Promise<string> {
  const port = await freePort();
  const cli = new Child(context, [PRISM_CLI, 'mock', document, '--port', String(port), '--verboseLevel', 'info']);
  await cli.line('Prism is listening');
  return `http://127.0.0.1:${port}`;
}

async function compared(origin: string, made: Call): Promise<Omit<Answer, 'headers'> & { headers: object }> {
  const { status, headers, text } = await call(origin, made).catch((error: unknown) => {
    throw new Error(`${origin} broke at ${JSON.stringify(made)}`, { cause: error });
  });
  const kept = Object.entries(headers).filter(([name]) => !NOT_COMPARED.includes(name));
  return { status, headers: Object.fromEntries(kept), text };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
