import { get } from 'node:http';

/** A part of the dashboard as it is passed on. */
export interface Part {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer;
}

const WITHIN_MS = 10_000;
const TEXT = /^(?:text\/html|(?:text|application)\/javascript)/;
/** Where pages and scripts of the dashboard think that they are. */
const HOME = '/mockserver/dashboard/';

/** Gets a part from a MockServer; what it names by its own paths is then below `base`. */
export function fetchPart(upstream: URL, path: string, base: string): Promise<Part> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(WITHIN_MS);
    // Nothing of the caller's request travels on.
    const outgoing = get(new URL(path, upstream), { signal, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      const type = incoming.headers['content-type'] ?? 'application/octet-stream';
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 502, type, body: moved(Buffer.concat(chunks), type, base) }));
    });
    outgoing.on('error', reject);
  });
}

function moved(body: Buffer, type: string, base: string): Buffer {
  return TEXT.test(type) ? Buffer.from(body.toString().replaceAll(HOME, base + HOME)) : body;
}
