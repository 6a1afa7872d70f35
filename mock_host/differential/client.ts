import { Agent, request as startRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { headerOf, type Call } from './draft.ts';

/** What came back. */
export interface Answer {
  readonly status: number;
  /** What stands after the status in the first line. */
  readonly reasonPhrase: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** No answer: `reason` is a server's own account of it, where it gave one. */
export interface Silence {
  readonly silent: 'time-out' | 'connection closed' | 'died';
  readonly reason: string;
}

export type Seen = Answer | Silence;

export function isAnswer(seen: Seen): seen is Answer {
  return 'status' in seen;
}

export interface Ask {
  readonly call: Call;
  /** Put before the call's target. */
  readonly basePath: string;
  readonly timeoutMs: number;
  /** Gives up the wait for an answer; its reason becomes the silence's. */
  readonly signal: AbortSignal;
}

/** Asks one server over connections that are kept. */
export class Client {
  readonly #origin: URL;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 8 });

  constructor(origin: string) {
    this.#origin = new URL(origin);
  }

  /** A kept connection that the server has closed meanwhile is no answer of its own: then asks once more. */
  async ask(ask: Ask): Promise<Seen> {
    const first = await this.#once(ask);
    return first === 'stale' ? ((await this.#once(ask)) as Seen) : first;
  }

  close(): void {
    this.#agent.destroy();
  }

  #once({ call, basePath, timeoutMs, signal }: Ask): Promise<Seen | 'stale'> {
    const { hostname, port } = this.#origin;
    return new Promise((resolve) => {
      const path = withBasePath(call.target, basePath);
      const outgoing = startRequest({ hostname, port, method: call.method, path, agent: this.#agent });
      for (const [name, values] of this.#headers(call)) outgoing.setHeader(name, values);
      // Nothing is said of a body that isn't there: neither a length nor chunks.
      if (!call.body) outgoing.useChunkedEncodingByDefault = false;
      const silent = (kind: Silence['silent'], reason = ''): void => {
        resolve({ silent: kind, reason });
        outgoing.destroy();
      };
      const timer = setTimeout(silent, timeoutMs, 'time-out');
      const died = (): void => silent('died', String(signal.reason));
      signal.addEventListener('abort', died, { once: true });
      outgoing.on('information', ({ statusCode }) => {
        // A mock may be asked for an interim status; then nothing else follows.
        if (statusCode === 100 && headerOf(call, 'expect') !== undefined) return;
        resolve({ status: statusCode, reasonPhrase: '', headers: {}, body: Buffer.of() });
        outgoing.destroy();
      });
      outgoing.on('response', (incoming) => {
        void collect(incoming).then(
          (body) => resolve({ ...headOf(incoming), body }),
          () => silent('connection closed', 'within the body'),
        );
      });
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        if (outgoing.reusedSocket && error.code === 'ECONNRESET') resolve('stale');
        else silent('connection closed', error.message);
      });
      outgoing.on('close', () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', died);
      });
      if (call.chunked && call.body) outgoing.write(call.body);
      outgoing.end(call.chunked ? undefined : call.body);
    });
  }

  /** Values by name, in the order they are sent. */
  #headers({ headers, body, chunked }: Call): Map<string, string[]> {
    const lines = [['Host', this.#origin.host] as const, ...headers];
    if (body) lines.push(chunked ? ['Transfer-Encoding', 'chunked'] : ['Content-Length', String(body.length)]);
    const byName = new Map<string, string[]>();
    for (const [name, value] of lines) {
      const key = name.toLowerCase();
      byName.set(key, [...(byName.get(key) ?? []), value]);
    }
    return byName;
  }
}

function headOf({ statusCode = 0, statusMessage = '', headers }: IncomingMessage): Omit<Answer, 'body'> {
  return { status: statusCode, reasonPhrase: statusMessage, headers };
}

/** In origin form (`/a`) or absolute form (`http://host/a`). */
function withBasePath(target: string, basePath: string): string {
  return target.replace(/^(?:http:\/\/[^/]*)?/, (origin) => origin + basePath);
}

async function collect(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
