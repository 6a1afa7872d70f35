import type { IncomingMessage } from 'node:http';

/** Request line and header values together (Amazon API Gateway quotas, HTTP API; can't be raised). */
export const MAX_HEAD_BYTES = 10_240;
/** Longest an integration may take, in milliseconds: 29 s, as the environment stack sets it (the quota is 30 s). */
export const INTEGRATION_LIMIT_MS = 29_000;
/** Longest an authorizer may take, in milliseconds (same page: 10 s). */
export const AUTHORIZER_LIMIT_MS = 10_000;

/** What one pass over a request's head finds. */
export interface Head {
  /** Bytes of request line and header values. */
  readonly bytes: number;
  /** Value of the token header, repeated lines joined by commas; empty if missing. */
  readonly token: string;
}

/** Reads the raw lines: Node's `headers` would show only the first of several `authorization` lines. */
export function readHead(request: IncomingMessage, tokenHeader: string | null): Head {
  const raw = request.rawHeaders;
  let bytes = requestLineBytes(request);
  let token: string | undefined;
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] as string;
    const value = raw[index + 1] as string;
    bytes += value.length;
    if (tokenHeader !== null && name.length === tokenHeader.length && name.toLowerCase() === tokenHeader)
      token = token === undefined ? value : `${token},${value}`;
  }
  return { bytes, token: token ?? '' };
}

/** `METHOD target HTTP/1.1` */
function requestLineBytes({ method, url, httpVersion }: IncomingMessage): number {
  return (method ?? '').length + (url ?? '').length + httpVersion.length + '  HTTP/'.length;
}
