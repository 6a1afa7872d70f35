import type { IncomingMessage } from 'node:http';
import { CROSS_ORIGIN_INPUTS } from './cross_origin.ts';

/** A text that two requests share only if Prism can't tell them apart; undefined: it would be too long. No body: null. */
export type RequestKey = (request: IncomingMessage, target: string, body: Buffer | null) => string | undefined;

const MAX_CHARACTERS = 4096;

/**
 * Of a request's headers only those count that can change an answer: behind a load balancer every
 * request has others that differ (trace ids, addresses).
 */
export function createRequestKey(headersRead: readonly string[]): RequestKey {
  const names = [...headersRead, ...CROSS_ORIGIN_INPUTS];
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
