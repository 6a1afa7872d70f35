import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { ServiceMock } from '../../src/configuration.ts';
import type { Cleanup } from './folder.ts';

/** A server for a mock to pass requests on to; closed when the test ends. */
export async function startUpstream(
  context: Cleanup,
  listener: RequestListener,
): Promise<ServiceMock> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { name: 'ledger', path: '/ledger', engine: 'service', upstream: new URL(`http://127.0.0.1:${port}`) };
}

export async function textOf(message: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of message) text += String(chunk);
  return text;
}
