import { createHash, type Hash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { Agent, get as getOverHttp, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { Agent as TlsAgent, get as getOverTls } from 'node:https';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Whole: a body that breaks off is an error. */
  readonly body: Buffer;
  /** Hex; of a body that went into a file. */
  readonly sha256?: string;
}

/**
 * GETs a URL (http or https). Rejects where there is no whole answer; any status is an answer. With
 * `file` the body of a 200 goes there, a part at a time, and the answer's own is empty.
 */
export type HttpGet = (url: URL, headers: Readonly<Record<string, string>>, file?: string) => Promise<HttpAnswer>;

export interface HttpGetLimits {
  /** For the whole call. */
  readonly timeoutMs: number;
  /** A longer body is refused. */
  readonly maxBytes: number;
}

/** Shorter than the 5 s or more after which servers close idle connections. */
const IDLE_CONNECTION_MS = 4_000;
const OK = 200;

export function createHttpGet({ timeoutMs, maxBytes }: HttpGetLimits): HttpGet {
  const plain = new Agent({ keepAlive: true, timeout: IDLE_CONNECTION_MS });
  const secured = new TlsAgent({ keepAlive: true, timeout: IDLE_CONNECTION_MS });
  return (url, headers, file) =>
    new Promise((resolve, reject) => {
      const signal = AbortSignal.timeout(timeoutMs);
      const fail = (error: unknown): void =>
        reject(signal.aborted ? new Error(`${url.host} gave no whole answer within ${timeoutMs / 1000} s`) : error);
      const outgoing =
        url.protocol === 'https:'
          ? getOverTls(url, { agent: secured, headers, signal })
          : getOverHttp(url, { agent: plain, headers, signal });
      outgoing.on('error', fail);
      outgoing.on('response', (incoming) => {
        // From here on the answer's own end counts.
        outgoing.off('error', fail).on('error', () => undefined);
        const kept = incoming.statusCode === OK && file !== undefined;
        (kept ? save(incoming, maxBytes, file) : read(incoming, maxBytes)).then(resolve, fail);
      });
    });
}

async function read(incoming: IncomingMessage, maxBytes: number): Promise<HttpAnswer> {
  const chunks: Buffer[] = [];
  for await (const chunk of bounded(incoming, maxBytes)) chunks.push(chunk);
  return { ...head(incoming), body: Buffer.concat(chunks) };
}

/** When it fails nothing writes into the file any more: another attempt may begin. */
async function save(incoming: IncomingMessage, maxBytes: number, file: string): Promise<HttpAnswer> {
  const hash = createHash('sha256');
  const handle = await open(file, 'w');
  try {
    await handle.writeFile(hashed(bounded(incoming, maxBytes), hash));
  } finally {
    await handle.close();
  }
  return { ...head(incoming), body: Buffer.alloc(0), sha256: hash.digest('hex') };
}

async function* hashed(chunks: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}

function head({ statusCode, headers }: IncomingMessage): Pick<HttpAnswer, 'status' | 'headers'> {
  return { status: statusCode ?? 0, headers };
}

/** Node makes a body shorter than announced an error by itself. */
async function* bounded(incoming: IncomingMessage, maxBytes: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new Error(`an answer is longer than ${maxBytes} bytes`);
    yield chunk;
  }
}
