import type { ClientRequest, IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream';
import { codeOf } from '../errors.ts';
import type { Exchange } from '../exchange.ts';
import { MAX_BODY_BYTES, hasBody } from '../request_body.ts';
import { endToEndHeaders } from './hop_headers.ts';

/** What a relay does when there is no answer to pass on. */
export interface RelayRefusals {
  /** The upstream can't be reached or broke off; `code` is Node's, where there is one. */
  readonly unreachable: (code: string | undefined) => void;
  /** The upstream has not answered within the role's limit. */
  readonly late: () => void;
}

const NOTHING: ReadonlySet<string> = new Set();

/**
 * Joins a caller's exchange with a request to an upstream, as streams with backpressure. Either
 * side's going away ends the other. Resolves when the caller's response is over.
 */
export function relay(
  exchange: Exchange,
  outgoing: ClientRequest,
  refusals: RelayRefusals,
  limitMs: number | null,
): Promise<void> {
  return new Relay(exchange, outgoing, refusals).run(limitMs);
}

class Relay {
  readonly #exchange: Exchange;
  readonly #outgoing: ClientRequest;
  readonly #refusals: RelayRefusals;
  #answered = false;

  constructor(exchange: Exchange, outgoing: ClientRequest, refusals: RelayRefusals) {
    this.#exchange = exchange;
    this.#outgoing = outgoing;
    this.#refusals = refusals;
  }

  run(limitMs: number | null): Promise<void> {
    const { response } = this.#exchange;
    const timer = limitMs === null ? undefined : setTimeout(() => this.#fail(this.#refusals.late), limitMs);
    this.#outgoing.on('response', (incoming) => this.#passOn(incoming));
    this.#outgoing.on('error', (error) => this.#onUpstreamError(error));
    this.#sendBody();
    return new Promise((resolve) => {
      response.on('close', () => {
        clearTimeout(timer);
        this.#outgoing.destroy();
        resolve();
      });
    });
  }

  /** An upstream may answer, and stop listening, before it has the whole body: the answer counts. */
  #onUpstreamError(error: Error): void {
    this.#dropBody();
    if (!this.#answered) this.#fail(() => this.#refusals.unreachable(codeOf(error)));
  }

  #passOn(incoming: IncomingMessage): void {
    const { response, sent } = this.#exchange;
    this.#answered = true;
    response.statusCode = incoming.statusCode ?? 502;
    response.statusMessage = incoming.statusMessage ?? '';
    const headers = endToEndHeaders(incoming, NOTHING);
    for (let index = 0; index + 1 < headers.length; index += 2)
      response.appendHeader(headers[index] as string, headers[index + 1] as string);
    incoming.on('data', (chunk: Buffer) => {
      sent.bytes += chunk.length;
    });
    // On an upstream that breaks off, pipeline cuts the caller off too: a truncated body must not look whole.
    pipeline(incoming, response, () => undefined);
  }

  /** Piped by hand: pipeline would end the caller's connection when the upstream fails, and with it our answer. */
  #sendBody(): void {
    const { request, refuseBody, response } = this.#exchange;
    if (!hasBody(request)) {
      this.#outgoing.end();
      return;
    }
    if (refuseBody) this.#boundBody(() => refuseBody(response));
    request.pipe(this.#outgoing);
  }

  #boundBody(refuse: () => void): void {
    let bytes = 0;
    const count = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes <= MAX_BODY_BYTES) return;
      this.#exchange.request.off('data', count);
      this.#fail(refuse);
    };
    this.#exchange.request.on('data', count);
  }

  #fail(refuse: () => void): void {
    const { response } = this.#exchange;
    const begun = response.headersSent;
    this.#answered = true;
    this.#dropBody();
    this.#outgoing.destroy();
    if (begun) response.destroy();
    else if (!response.destroyed) refuse();
  }

  /** What the caller still sends is read and forgotten, so that it comes to read our answer. */
  #dropBody(): void {
    const { request } = this.#exchange;
    request.unpipe(this.#outgoing);
    request.resume();
  }
}
