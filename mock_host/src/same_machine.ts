import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/**
 * Why a request is none that a program on this machine makes to this machine; undefined: it may be
 * one. A web page in a browser here reaches loopback too: by a name of its own that it lets lead
 * here (DNS rebinding), or from its own origin.
 */
export function foreignness(request: IncomingMessage): string | undefined {
  const [host, ...more] = request.headersDistinct['host'] ?? [];
  // Two Host lines are nobody's.
  if (more.length > 0 || !isLocal(host, request.socket.localAddress))
    return 'It answers under localhost and loopback addresses only: ask for http://127.0.0.1 and the port.';
  if (isReading(request) || isOfSameOrigin(request.headers)) return undefined;
  return 'It answers no page of another origin: ask from a program, or from a page of this address.';
}

/** Whether a Host header, a name or address with or without a port, is of this machine: loopback, or what it came by. */
export function isLocal(host: string | undefined, address?: string): boolean {
  const hostname = host !== undefined && HOST_AND_PORT.test(host) ? URL.parse(`http://${host}`)?.hostname : undefined;
  if (hostname === undefined) return false;
  return LOOPBACK.test(hostname) || hostname === address || hostname === `[${address}]`;
}

/** Whether a request comes from a page of the address that it asks, or from no page at all. */
export function isOfSameOrigin({ host, origin }: IncomingHttpHeaders): boolean {
  return origin === undefined || origin === `http://${host}`;
}

const HOST_AND_PORT = /^(?:\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::\d+)?$/i;
const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

function isReading({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
}
