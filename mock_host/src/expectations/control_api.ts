import { Agent, request as startRequest } from 'node:http';
import { codeOf } from '../errors.ts';
import type { Expectation } from './read.ts';

/** MockServer understood a request and won't do it. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

/** MockServer's control plane, as far as it is needed. Each call rejects if there is no answer. */
export interface ControlApi {
  /** Of all expectations. */
  ids(): Promise<readonly string[]>;
  has(id: string): Promise<boolean>;
  /** @throws RefusedError; some of them may be there then */
  put(expectations: readonly Expectation[]): Promise<void>;
  /** What is not there is as good as cleared. */
  clear(id: string): Promise<void>;
  close(): void;
}

const ANSWER_WITHIN_MS = 10_000;
/** MockServer takes 10 MB in a request. */
const PARCEL_CHARACTERS = 1_000_000;
const ACTIVE = '/mockserver/retrieve?type=ACTIVE_EXPECTATIONS&format=JSON';
const LONGEST_REASON = 300;

export function createControlApi(upstream: URL): ControlApi {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const put = (path: string, body: string): Promise<Reply> => call(agent, upstream, path, body);
  const ids = async (filter: string): Promise<string[]> => {
    const { text } = require200(await put(ACTIVE, filter));
    return (JSON.parse(text || '[]') as { readonly id: string }[]).map(({ id }) => id);
  };
  return {
    ids: () => ids(''),
    has: async (id) => (await ids(JSON.stringify({ id }))).includes(id),
    put: async (expectations) => {
      for (const parcel of parcels(expectations)) require200(await put('/mockserver/expectation', parcel));
    },
    clear: async (id) => {
      const reply = await put('/mockserver/clear?type=expectations', JSON.stringify({ id }));
      if (reply.status !== 400) require200(reply);
    },
    close: () => agent.destroy(),
  };
}

interface Reply {
  readonly status: number;
  readonly text: string;
}

function call(agent: Agent, upstream: URL, path: string, body: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const outgoing = startRequest(new URL(path, upstream), { agent, method: 'PUT', headers, signal }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    });
    const failed = (error: Error): void => reject(signal.aborted ? new Error(`it gave no answer within ${ANSWER_WITHIN_MS / 1000} s`) : error);
    // A kept connection may have been closed meanwhile; each of these requests may be made twice.
    const again = (): void => void call(agent, upstream, path, body).then(resolve, reject);
    outgoing.on('error', (error) => (outgoing.reusedSocket && codeOf(error) === 'ECONNRESET' ? again() : failed(error)));
    outgoing.end(body);
  });
}

function require200(reply: Reply): Reply {
  const { status, text } = reply;
  if (status === 200 || status === 201) return reply;
  const reason = `MockServer answers ${status}: ${text.replaceAll(/\s+/g, ' ').trim().slice(0, LONGEST_REASON)}`;
  throw status >= 400 && status < 500 ? new RefusedError(reason) : new Error(reason);
}

/** Bodies of requests: JSON arrays, none much larger than it needs to be. */
function* parcels(expectations: readonly Expectation[]): Generator<string> {
  let held: string[] = [];
  let characters = 0;
  for (const text of expectations.map((expectation) => JSON.stringify(expectation))) {
    if (held.length > 0 && characters + text.length > PARCEL_CHARACTERS) {
      yield `[${held.join(',')}]`;
      held = [];
      characters = 0;
    }
    held.push(text);
    characters += text.length;
  }
  if (held.length > 0) yield `[${held.join(',')}]`;
}
