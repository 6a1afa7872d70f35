import type { IncomingMessage } from 'node:http';

/** API Gateway's payload limit and the Prism CLI's own: 10 MB. */
export const MAX_BODY_BYTES = 10 * 1024 * 1024;

/** The body is longer than 10 MB, by its own account or by count. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';
}

/** Whether a request announces a body; HTTP/1.1 has no other way to send one. */
export function hasBody({ headers }: IncomingMessage): boolean {
  if (headers['content-length'] === '0') return false;
  return headers['transfer-encoding'] !== undefined || headers['content-length'] !== undefined;
}

export function announcesTooMuch({ headers }: IncomingMessage, maxBytes = MAX_BODY_BYTES): boolean {
  return Number(headers['content-length'] ?? 0) > maxBytes;
}

/** The whole body. @throws BodyTooLargeError past `maxBytes`; what follows is read and dropped. */
export async function readBody(request: IncomingMessage, maxBytes = MAX_BODY_BYTES): Promise<Buffer> {
  if (announcesTooMuch(request, maxBytes)) return drop(request);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) return drop(request);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function drop(request: IncomingMessage): never {
  request.resume();
  throw new BodyTooLargeError('the body is longer than 10 MB');
}
