import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { answerClientErrors } from './client_errors.ts';
import { StartError, codeOf, messageOf } from './errors.ts';
import type { RequestHandler } from './host.ts';

export interface Address {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** How long a connection is kept without use. */
  readonly keepAliveSeconds: number;
}

export interface Listening {
  readonly server: Server;
  /** `http://host:port`, without a slash at its end. */
  readonly url: string;
}

/** Requests that ask for another protocol; those that it does not take are answered like others. */
export interface Upgrades {
  readonly takes: (request: IncomingMessage) => boolean;
  readonly take: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

const NO_UPGRADES: Upgrades = { takes: () => false, take: (_, socket) => socket.destroy() };

/** Larger than API Gateway's limit, so that its role can answer what Node would cut off. */
const MAX_HEADER_BYTES = 64 * 1024;

/** Node's own. */
const DEFAULT_HEADERS_MS = 60_000;

/** Starts to accept requests. @throws StartError if the address can't be had */
export async function listen(
  handle: RequestHandler,
  { host, port, keepAliveSeconds }: Address,
  asGateway: boolean,
  upgrades: Upgrades = NO_UPGRADES,
): Promise<Listening> {
  const keepAliveMs = keepAliveSeconds * 1000;
  // Node bounds the wait for a connection's first request as it bounds slow headers, and closes then.
  const headersMs = Math.max(DEFAULT_HEADERS_MS, keepAliveMs);
  const limits = { maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: keepAliveMs, headersTimeout: headersMs };
  const server = createServer({ ...limits, shouldUpgradeCallback: upgrades.takes }, handle);
  server.on('upgrade', upgrades.take);
  answerClientErrors(server, asGateway);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(toStartError(error, { host, port })));
    server.listen(port, host, resolve);
  });
  return { server, url: urlOf(server.address() as AddressInfo) };
}

function urlOf({ address, family, port }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

function toStartError(error: unknown, { host, port }: Pick<Address, 'host' | 'port'>): StartError {
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return new StartError(
        `port ${port} on ${host} is in use. ` +
          'End the process that has it, or choose another with --port (0: any free one).',
      );
    case 'EACCES':
      return new StartError(`port ${port} on ${host} is not ours to open. Choose one above 1023 with --port.`);
    default:
      return new StartError(`can't listen on ${host}:${port}: ${messageOf(error)}. Check --host and --port.`);
  }
}
