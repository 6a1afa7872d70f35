import type { IncomingMessage } from 'node:http';
import { ROUTE_HEADER } from '../chosen_route.ts';
import { DELAY_HEADER, STATUS_HEADER } from '../faults/fault.ts';
import { ENVIRONMENT_HEADER } from '../headers.ts';

/** Headers that concern one connection only (RFC 9110, 7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Header lines of a message that travel on, flat (`[name, value, …]`) and as they were sent, but
 * for those of the hop and those in `dropped` (lower case).
 */
export function endToEndHeaders(message: IncomingMessage, dropped: ReadonlySet<string>): string[] {
  const named = namedByConnection(message);
  const kept: string[] = [];
  for (let index = 0; index + 1 < message.rawHeaders.length; index += 2) {
    const name = message.rawHeaders[index] as string;
    const lower = name.toLowerCase();
    if (!HOP_BY_HOP.has(lower) && !dropped.has(lower) && !named.has(lower))
      kept.push(name, message.rawHeaders[index + 1] as string);
  }
  return kept;
}

/** What an upstream may not see as the caller sent it. */
export function droppedOnRequests(tokenHeader: string | null): ReadonlySet<string> {
  const dropped = new Set(['host', 'expect', ENVIRONMENT_HEADER, ROUTE_HEADER, DELAY_HEADER, STATUS_HEADER]);
  if (tokenHeader !== null) dropped.add(tokenHeader);
  return dropped;
}

/** `Connection: close, X-Hop` makes X-Hop a header of the hop. */
function namedByConnection({ headers }: IncomingMessage): ReadonlySet<string> {
  const names = (headers.connection ?? '').toLowerCase().split(',');
  return new Set(names.map((name) => name.trim()).filter((name) => name !== 'content-length'));
}
