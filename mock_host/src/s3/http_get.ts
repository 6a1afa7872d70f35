import { Agent, get as getOverHttp, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { Agent as TlsAgent, get as getOverTls } from 'node:https';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Whole: a body that breaks off is an error. */
  readonly body: Buffer;
}

/** GETs a URL (http or https). Rejects where there is no whole answer; any status is an answer. */
export type HttpGet = (url: URL, headers: Readonly<Record<string, string>>) => Promise<HttpAnswer>;

export interface HttpGetLimits {
  /** For the whole call. */
  readonly timeoutMs: number;
  /** A longer body is refused. */
  readonly maxBytes: number;
}

/** Shorter than the 5 s or more after which servers close idle connections. */
const IDLE_CONNECTION_MS = 4_000;

export function createHttpGet({ timeoutMs, maxBytes }: HttpGetLimits): HttpGet {
  const plain = new Agent({ keepAlive: true, timeout: IDLE_CONNECTION_MS });
  const secured = new TlsAgent({ keepAlive: true, timeout: IDLE_CONNECTION_MS });
  return (url, headers) =>
    new Promise((resolve, reject) => {
      const signal = AbortSignal.timeout(timeoutMs);
      const fail = (error: unknown): void =>
        reject(signal.aborted ? new Error(`${url.host} gave no whole answer within ${timeoutMs / 1000} s`) : error);
      const outgoing =
        url.protocol === 'https:'
          ? getOverTls(url, { agent: secured, headers, signal })
          : getOverHttp(url, { agent: plain, headers, signal });
      outgoing.on('error', fail);
      outgoing.on('response', (incoming) => void read(incoming, maxBytes).then(resolve, fail));
    });
}

/** Node makes a body shorter than announced an error by itself. */
async function read(incoming: IncomingMessage, maxBytes: number): Promise<HttpAnswer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new Error(`an answer is longer than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) };
}
