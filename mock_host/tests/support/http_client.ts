import { Agent, request as startRequest, type IncomingHttpHeaders } from 'node:http';

export interface Call {
  readonly method?: string;
  /** Sent as it is written, without being put in normal form. */
  readonly target: string;
  /** Flat list `[name, value, …]` to repeat names, or an object. */
  readonly headers?: Readonly<Record<string, string>> | readonly string[];
  readonly body?: string | Buffer;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Far more than any answer here needs: a test that would hang fails instead, and names the request. */
const GIVE_UP_MS = 20_000;

/** One request to `origin` (`http://host:port`) on a connection of its own. */
export function call(origin: string, { method = 'GET', target, headers = {}, body }: Call): Promise<Answer> {
  const { hostname, port, host } = new URL(origin);
  const flat = Array.isArray(headers) ? [...(headers as string[])] : Object.entries(headers).flat();
  const names = flat.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  if (!names.includes('host')) flat.push('Host', host);
  if (body !== undefined && !names.includes('content-length') && !names.includes('transfer-encoding'))
    flat.push('Content-Length', String(Buffer.byteLength(body)));
  return new Promise((resolve, reject) => {
    const agent = new Agent({ keepAlive: false });
    const outgoing = startRequest({ hostname, port, method, path: target, headers: flat, agent });
    outgoing.setTimeout(GIVE_UP_MS, () => outgoing.destroy(new Error(`no answer to ${method} ${target}`)));
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text });
      });
    });
    outgoing.end(body);
  });
}
