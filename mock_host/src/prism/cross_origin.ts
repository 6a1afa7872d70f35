import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** The request headers that `crossOriginHeaders` looks at. */
export const CROSS_ORIGIN_INPUTS = ['origin', 'access-control-request-headers', 'access-control-expose-headers'] as const;

/** The Prism CLI's answer to CORS, on by default there: everything is allowed, and said on every answer. Flat. */
export function crossOriginHeaders(headers: IncomingHttpHeaders): string[] {
  return [
    ...['Access-Control-Allow-Origin', headers.origin || '*'],
    ...['Access-Control-Allow-Headers', headers['access-control-request-headers'] || '*'],
    ...['Access-Control-Allow-Credentials', 'true'],
    ...['Access-Control-Expose-Headers', (headers['access-control-expose-headers'] as string | undefined) || '*'],
  ];
}

/** Whether a browser asks for leave, rather than a caller for the document's own OPTIONS operation. */
export function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === 'OPTIONS' && Boolean(headers.origin) && Boolean(headers['access-control-request-method']);
}

export function grantPreflight(headers: IncomingHttpHeaders, response: ServerResponse): void {
  response.setHeader('Access-Control-Allow-Methods', headers['access-control-request-method'] ?? '');
  response.setHeader('Vary', 'origin');
  response.setHeader('Content-Length', '0');
  response.writeHead(204).end();
}
