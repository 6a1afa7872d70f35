import { Agent, request as startRequest, type IncomingMessage } from 'node:http';
import { codeOf } from '../errors.ts';

/** The function gave no usable answer. */
export class InvocationError extends Error {
  override readonly name = 'InvocationError';
}

/** Calls a function with an event; what it returns. @throws InvocationError */
export type Invoke = (event: object) => Promise<unknown>;

export interface InvokeClientOptions {
  readonly socketPath: string;
  /** A function that takes longer has failed. */
  readonly timeoutMs: number;
}

const INVOCATIONS = '/2015-03-31/functions/function/invocations';
/** What writing to, or reading from, a connection that the other side has closed ends in. */
const STALE_CODES: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE']);
const MAX_ANSWER_BYTES = 1024 * 1024;

/** Calls a function in another process: the Lambda Invoke API over HTTP on a Unix socket. */
export function createInvokeClient(options: InvokeClientOptions): Invoke {
  const agent = new Agent({ keepAlive: true });
  return async (event) => {
    const payload = JSON.stringify(event);
    const { headers, text } = await invoke(options, agent, payload).catch((error: unknown) => {
      // The function's process closed a kept connection just as it was used: nothing was asked yet.
      if (error instanceof StaleConnectionError) return invoke(options, agent, payload);
      throw error;
    });
    if (headers['x-amz-function-error'] !== undefined) fail(`raised an exception: ${text.slice(0, 500)}`);
    return parse(text);
  };
}

/** @throws InvocationError */
export function fail(what: string): never {
  throw new InvocationError(what);
}

class StaleConnectionError extends Error {}

interface Reply {
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

function invoke({ socketPath, timeoutMs }: InvokeClientOptions, agent: Agent, payload: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) };
    const signal = AbortSignal.timeout(timeoutMs);
    const call = startRequest({ socketPath, agent, method: 'POST', path: INVOCATIONS, headers, signal });
    call.on('error', (error) => {
      if (call.reusedSocket && STALE_CODES.has(codeOf(error) ?? '')) reject(new StaleConnectionError());
      else reject(new InvocationError(signal.aborted ? `gave no answer within ${timeoutMs} ms` : error.message));
    });
    call.on('response', (incoming) => void read(incoming).then(resolve, reject));
    call.end(payload);
  });
}

async function read(incoming: IncomingMessage): Promise<Reply> {
  if (incoming.statusCode !== 200) {
    incoming.resume();
    fail(`answered with status ${incoming.statusCode}`);
  }
  let text = '';
  incoming.setEncoding('utf8');
  for await (const chunk of incoming) {
    text += chunk as string;
    if (text.length > MAX_ANSWER_BYTES) fail('answered with more than 1 MB');
  }
  return { headers: incoming.headers, text };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return fail('answered with something that is not JSON');
  }
}
