import type { IncomingMessage } from 'node:http';

/**
 * Why a request is none that a program on this machine makes to this machine; undefined: it may be
 * one. A web page in a browser here reaches loopback too: by a name of its own that it lets lead
 * here (DNS rebinding), or from its own origin.
 */
export function foreignness(request: IncomingMessage): string | undefined {
  const host = hostOf(request);
  if (host === undefined || !isLocal(host.hostname, request.socket.localAddress))
    return 'It answers under localhost and loopback addresses only: ask for http://127.0.0.1 and the port.';
  const { origin } = request.headers;
  if (isReading(request) || origin === undefined || origin === `http://${host.host}`) return undefined;
  return 'It answers no page of another origin: ask from a program, or from a page of this address.';
}

/** Two Host lines, or one that is more than a name and a port, are nobody's. */
function hostOf({ headersDistinct }: IncomingMessage): URL | undefined {
  const [host, ...more] = headersDistinct['host'] ?? [];
  if (host === undefined || more.length > 0 || !HOST_AND_PORT.test(host)) return undefined;
  return URL.parse(`http://${host}`) ?? undefined;
}

const HOST_AND_PORT = /^(?:\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::\d+)?$/i;
const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

function isLocal(hostname: string, address: string | undefined): boolean {
  return LOOPBACK.test(hostname) || hostname === address || hostname === `[${address}]`;
}

function isReading({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
}
