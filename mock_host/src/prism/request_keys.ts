import type { IncomingMessage } from 'node:http';
import type { IHttpOperation } from '@stoplight/types';
import { CROSS_ORIGIN_INPUTS } from './cross_origin.ts';

/** A text that two requests share only if Prism can't tell them apart; undefined: it would be too long. No body: null. */
export type RequestKey = (request: IncomingMessage, target: string, body: Buffer | null) => string | undefined;

const MAX_CHARACTERS = 4096;

/** Headers that Prism looks at whatever the document says: negotiation, preferences, bodies, credentials. */
const ALWAYS_READ = ['accept', 'authorization', 'content-length', 'content-type', 'cookie', 'prefer', ...CROSS_ORIGIN_INPUTS];

/**
 * Of a request's headers only those count that can change an answer: behind a load balancer every
 * request has others that differ (trace ids, addresses).
 */
export function createRequestKey(operations: readonly IHttpOperation[]): RequestKey {
  const names = [...headersReadFor(operations)];
  return ({ method, headers }, target, body) => {
    if (body !== null && body.length > MAX_CHARACTERS) return undefined;
    let key = `${method} ${target}`;
    for (const name of names) {
      const value = headers[name];
      // Neither a target nor a header can hold a line end, so no two requests are written alike.
      if (value !== undefined) key += `\n${name}:${String(value)}`;
    }
    if (body !== null) key += `\n\n${body.toString('latin1')}`;
    return key.length <= MAX_CHARACTERS ? key : undefined;
  };
}

/** Lower-case names of all headers that can change what any of the operations answers. */
export function headersReadFor(operations: readonly IHttpOperation[]): Set<string> {
  const names = new Set<string>(ALWAYS_READ);
  for (const { request, security } of operations) {
    for (const { name } of request?.headers ?? []) names.add(name.toLowerCase());
    for (const scheme of (security ?? []).flat()) if (scheme.type === 'apiKey') names.add(scheme.name.toLowerCase());
  }
  return names;
}
