import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { IHttpOperation } from '@stoplight/types';
import type { Answerer, Exchange } from '../exchange.ts';
import { BodyTooLargeError } from '../request_body.ts';
import { mediaTypeOf } from './content_type.ts';
import { allowCrossOrigin, grantPreflight, isPreflight } from './cross_origin.ts';
import { createPrismEngine } from './engine.ts';
import { OutputWriter, sendError } from './output.ts';
import { UnreadableBodyError, toPrismRequest } from './request_input.ts';

/**
 * Answers as `prism mock DOCUMENT` would (@stoplight/prism-cli 5.16): the library decides, and
 * this adds what the CLI's HTTP layer adds around it: CORS, body parsing, `sl-violations`, errors.
 */
export function createPrismAnswerer(operations: readonly IHttpOperation[]): Answerer {
  const engine = createPrismEngine(operations);
  const writer = new OutputWriter();
  const answer = async ({ request, response, path, query }: Exchange): Promise<void> => {
    const result = await engine(await toPrismRequest(request, path + query));
    if (result._tag === 'Right') writer.send(response, result.right);
    else sendError(response, result.left);
  };
  return async (exchange) => {
    const { request, response } = exchange;
    allowCrossOrigin(request.headers, response);
    if (isPreflight(request)) return grantPreflight(request.headers, response);
    await answer(exchange).catch((error: unknown) => refuse(exchange, error));
  };
}

function refuse({ request, response, refuseBody }: Exchange, error: unknown): void {
  if (error instanceof BodyTooLargeError && refuseBody) refuseBody(response);
  else if (error instanceof BodyTooLargeError)
    sendBodyError(request.headers, response, 413, 'request_entity_too_large', 'Body exceeded 10mb limit');
  else if (error instanceof UnreadableBodyError)
    sendBodyError(request.headers, response, error.status, error.code, error.message);
  else sendError(response, error instanceof Error ? error : new Error(String(error)));
}

/** Errors about a body come from the CLI's server framework, in its own form. */
function sendBodyError(
  { accept }: IncomingHttpHeaders,
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
): void {
  const asJson = prefersJson(accept);
  const text = asJson ? JSON.stringify({ error: { code, message } }) : message;
  response.statusCode = status;
  response.setHeader('Content-Type', `${asJson ? 'application/json' : 'text/plain'}; charset=utf-8`);
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}

/** One exact type is taken at its word; anything the framework can't read counts as no wish at all. */
function prefersJson(accept: string | undefined): boolean {
  const type = mediaTypeOf(accept ?? '*/*') ?? '*/*';
  return type === '*/*' || accept === 'application/json';
}
