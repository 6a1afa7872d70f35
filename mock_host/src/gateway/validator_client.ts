import { Agent, request as startRequest, type IncomingMessage } from 'node:http';
import { codeOf } from '../errors.ts';

/** The validator gave no usable answer; the caller is refused (fails closed). */
export class ValidatorError extends Error {
  override readonly name = 'ValidatorError';
}

/** Asks whether a request may pass. @throws ValidatorError */
export type Validator = (event: object) => Promise<boolean>;

export interface ValidatorClientOptions {
  readonly socketPath: string;
  /** An authorizer that takes longer has failed: 10 s on API Gateway. */
  readonly timeoutMs: number;
}

const INVOCATIONS = '/2015-03-31/functions/function/invocations';
/** What writing to, or reading from, a connection that the other side has closed ends in. */
const STALE_CODES: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE']);
const MAX_ANSWER_BYTES = 1024 * 1024;

/** Calls the token validator's process: the Lambda Invoke API over HTTP on a Unix socket. */
export function createValidatorClient(options: ValidatorClientOptions): Validator {
  const agent = new Agent({ keepAlive: true });
  return async (event) => {
    const payload = JSON.stringify(event);
    const { headers, text } = await invoke(options, agent, payload).catch((error: unknown) => {
      // The validator closed a kept connection just as it was used: nothing was asked yet.
      if (error instanceof StaleConnectionError) return invoke(options, agent, payload);
      throw error;
    });
    if (headers['x-amz-function-error'] !== undefined) fail(`raised an exception: ${text.slice(0, 500)}`);
    return isAuthorized(text);
  };
}

class StaleConnectionError extends Error {}

interface Reply {
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

function invoke({ socketPath, timeoutMs }: ValidatorClientOptions, agent: Agent, payload: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) };
    const signal = AbortSignal.timeout(timeoutMs);
    const call = startRequest({ socketPath, agent, method: 'POST', path: INVOCATIONS, headers, signal });
    call.on('error', (error) => {
      if (call.reusedSocket && STALE_CODES.has(codeOf(error) ?? '')) reject(new StaleConnectionError());
      else reject(new ValidatorError(signal.aborted ? `gave no answer within ${timeoutMs} ms` : error.message));
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

/** The simple response of an HTTP API authorizer; anything but a plain true or false is no answer. */
function isAuthorized(text: string): boolean {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    fail('answered with something that is not JSON');
  }
  const verdict = (answer as { isAuthorized?: unknown } | null)?.isAuthorized;
  return typeof verdict === 'boolean' ? verdict : fail('answered without a boolean isAuthorized');
}

function fail(what: string): never {
  throw new ValidatorError(what);
}
