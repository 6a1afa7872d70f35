import type { ServerResponse } from 'node:http';
import { putHeaders, sendProblem } from '../replies.ts';
import { BodyTooLargeError, hasBody, readBody } from '../request_body.ts';
import type { Visit } from '../visit.ts';
import { collectHeaders } from './event.ts';
import { InvocationError, fail, type Invoke } from './invoke_client.ts';
import { foreignness } from '../same_machine.ts';

const PATHS: ReadonlySet<string> = new Set([
  '/_mockenv/token',
  '/_mockenv/jwks.json',
  '/_mockenv/.well-known/openid-configuration',
]);
/** Credentials and a few parameters. */
const MAX_BODY_BYTES = 8 * 1024;

export interface IssuerOptions {
  readonly invoke: Invoke;
  /** Told of each call of the issuer that failed; never holds a password or a token. */
  readonly onFailure: (reason: string) => void;
}

/** Passes requests for tokens and public keys on to the local issuer, which alone has the private key. */
export class Issuer {
  readonly #options: IssuerOptions;

  constructor(options: IssuerOptions) {
    this.#options = options;
  }

  serves(path: string): boolean {
    return PATHS.has(path);
  }

  async answer(visit: Visit): Promise<void> {
    const foreign = foreignness(visit.request);
    if (foreign !== undefined) return sendProblem(visit.responseOfOurs(), 403, 'Forbidden', foreign);
    try {
      send(visit.responseOfOurs(), toAnswer(await this.#options.invoke(await toEvent(visit))));
    } catch (error) {
      this.#fail(visit, error);
    }
  }

  #fail(visit: Visit, error: unknown): void {
    if (error instanceof BodyTooLargeError)
      return sendProblem(visit.responseOfOurs(), 413, 'Content Too Large', `A body has at most ${MAX_BODY_BYTES} bytes here.`);
    // Anything else that is thrown means that the caller has left.
    if (!(error instanceof InvocationError)) return void visit.response.destroy();
    this.#options.onFailure(error.message);
    sendProblem(visit.responseOfOurs(), 500, 'Internal Server Error', 'The token issuer gave no answer; the log of the mock host says more.');
  }
}

/** What a Lambda integration of an HTTP API gets (payload format 2.0), as far as the issuer reads it. */
async function toEvent({ request, target }: Visit): Promise<object> {
  const body = hasBody(request) ? await readBody(request, MAX_BODY_BYTES) : Buffer.alloc(0);
  return {
    version: '2.0',
    rawPath: target.path,
    headers: collectHeaders(request).headers,
    requestContext: { http: { method: request.method } },
    body: body.toString('base64'),
    isBase64Encoded: true,
  };
}

interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The response of a Lambda integration, payload format 2.0. */
function toAnswer(answer: unknown): Answer {
  const { statusCode, headers, body } = (answer ?? {}) as Partial<Answer>;
  if (typeof statusCode !== 'number' || typeof body !== 'string' || typeof headers !== 'object' || headers === null)
    return fail('answered without statusCode, headers and body');
  return { statusCode, headers, body };
}

function send(response: ServerResponse, { statusCode, headers, body }: Answer): void {
  putHeaders(response, Object.entries(headers).flat());
  response.statusCode = statusCode;
  response.setHeader('content-length', Buffer.byteLength(body));
  response.end(body);
}
