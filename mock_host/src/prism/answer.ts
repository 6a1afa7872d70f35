import { BoundedMap } from '../bounded_map.ts';
import type { Answerer, Exchange } from '../exchange.ts';
import { putHeaders } from '../replies.ts';
import { BodyTooLargeError, hasBody, readBody } from '../request_body.ts';
import { refuseBody } from './body_refusals.ts';
import { crossOriginHeaders, grantPreflight, isPreflight } from './cross_origin.ts';
import { createPrismEngine, type PrismEngine, type Result } from './engine.ts';
import { MessageMaker, problemMessage, sendMessage, type Asked, type Message } from './messages.ts';
import type { Operations } from './operations.ts';
import { UnreadableBodyError, toPrismRequest } from './request_input.ts';
import { createRequestKey, type RequestKey } from './request_keys.ts';

const MESSAGES_PER_GENERATION = 500;

/**
 * Answers as `prism mock DOCUMENT` would (@stoplight/prism-cli 5.16): the library decides, and
 * this adds what the CLI's HTTP layer adds around it: CORS, body parsing, `sl-violations`, errors.
 * A request that is the same as one before gets the same message, if its answer is a static one.
 */
export function createPrismAnswerer(operations: Operations): Answerer {
  const mock = new PrismMock(operations);
  return (exchange) => mock.answer(exchange);
}

class PrismMock {
  readonly #engine: PrismEngine;
  readonly #keyOf: RequestKey;
  readonly #messages = new MessageMaker();
  readonly #remembered = new BoundedMap<Message>(MESSAGES_PER_GENERATION);

  constructor(operations: Operations) {
    this.#engine = createPrismEngine(operations.entries);
    this.#keyOf = createRequestKey(operations.headersRead);
  }

  answer(exchange: Exchange): Promise<void> | void {
    if (isPreflight(exchange.request)) return answerPreflight(exchange);
    return hasBody(exchange.request) ? this.#answerWithBody(exchange) : this.#answer(exchange, null);
  }

  async #answerWithBody(exchange: Exchange): Promise<void> {
    let body;
    try {
      body = await readBody(exchange.request);
    } catch (error) {
      return refuse(exchange, error);
    }
    return this.#answer(exchange, body);
  }

  #answer(exchange: Exchange, body: Buffer | null): Promise<void> | void {
    const key = this.#keyOf(exchange.request, exchange.path + exchange.query, body);
    const known = key === undefined ? undefined : this.#remembered.get(key);
    if (known === undefined) return this.#answerAnew(exchange, body, key);
    send(exchange, known);
  }

  async #answerAnew(exchange: Exchange, body: Buffer | null, key: string | undefined): Promise<void> {
    const { request, path, query } = exchange;
    try {
      const result = await this.#engine.answer(toPrismRequest(request, path + query, body));
      const message = this.#toMessage(result, askedBy(exchange));
      send(exchange, message);
      if (key !== undefined && this.#engine.isStatic(result)) this.#remembered.set(key, message);
    } catch (error) {
      refuse(exchange, error);
    }
  }

  #toMessage(result: Result, asked: Asked): Message {
    return result._tag === 'Right' ? this.#messages.make(result.right, asked) : problemMessage(result.left, asked);
  }
}

function refuse(exchange: Exchange, error: unknown): void {
  if (error instanceof BodyTooLargeError || error instanceof UnreadableBodyError) refuseBody(exchange, error);
  else send(exchange, problemMessage(error instanceof Error ? error : new Error(String(error)), askedBy(exchange)));
}

function answerPreflight({ request, response, ownHeaders }: Exchange): void {
  putHeaders(response, ownHeaders);
  putHeaders(response, crossOriginHeaders(request.headers));
  grantPreflight(request.headers, response);
}

function send(exchange: Exchange, message: Message): void {
  exchange.sent.bytes = sendMessage(exchange.response, askedBy(exchange), message, exchange.ownHeaders);
}

function askedBy({ request: { method, headers } }: Exchange): Asked {
  return { method: method ?? 'GET', headers };
}
