import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { Exchange } from '../exchange.ts';
import { putHeaders } from '../replies.ts';
import { BodyTooLargeError } from '../request_body.ts';
import { mediaTypeOf } from './content_type.ts';
import { crossOriginHeaders } from './cross_origin.ts';
import { UnreadableBodyError } from './request_input.ts';

/** Refuses a body, in the form that the Prism CLI gives it, or API Gateway in its role. */
export function refuseBody(exchange: Exchange, error: BodyTooLargeError | UnreadableBodyError): void {
  const { request, response, ownHeaders } = exchange;
  putHeaders(response, ownHeaders);
  putHeaders(response, crossOriginHeaders(request.headers));
  if (error instanceof UnreadableBodyError)
    sendBodyError(request.headers, response, error.status, error.code, error.message);
  else if (exchange.refuseBody) exchange.refuseBody(response);
  else sendBodyError(request.headers, response, 413, 'request_entity_too_large', 'Body exceeded 10mb limit');
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
