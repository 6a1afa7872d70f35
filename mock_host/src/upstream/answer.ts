import { Agent, request as startRequest, type ClientRequest, type ServerResponse } from 'node:http';
import type { UpstreamMock } from '../configuration.ts';
import type { Answerer, Exchange } from '../exchange.ts';
import { ENVIRONMENT_HEADER } from '../headers.ts';
import { putHeaders, sendProblem } from '../replies.ts';
import { announcesTooMuch } from '../request_body.ts';
import { isControlPlane } from './control_plane.ts';
import { droppedOnRequests, endToEndHeaders } from './hop_headers.ts';
import { relay } from './relay.ts';

export interface UpstreamOptions {
  /** Told to the upstream in x-mock-environment, in place of anything a caller wrote there. */
  readonly environment: string;
  readonly tokenHeader: string | null;
  /** For how long the upstream may take, and what a caller gets then; null: as long as the caller waits. */
  readonly limit: { readonly ms: number; readonly refuse: (response: ServerResponse) => void } | null;
  /** Told of each request that found nobody there. */
  readonly onUnreachable?: () => void;
}

/** Shorter than the 5 s after which a Node upstream closes an idle connection, so that none is used as it closes. */
const IDLE_CONNECTION_MS = 4_000;

/** Passes requests on to another server as a stream, both ways; nothing is held in memory. */
export function createUpstreamAnswerer(mock: UpstreamMock, options: UpstreamOptions): Answerer {
  const agent = new Agent({ keepAlive: true, timeout: IDLE_CONNECTION_MS });
  const dropped = droppedOnRequests(options.tokenHeader);
  const start = ({ request, path, query }: Exchange): ClientRequest => {
    const headers = endToEndHeaders(request, dropped);
    headers.push('Host', mock.upstream.host, ENVIRONMENT_HEADER, options.environment);
    if (request.headers['transfer-encoding'] !== undefined) headers.push('Transfer-Encoding', 'chunked');
    return startRequest(mock.upstream, { agent, method: request.method ?? 'GET', path: path + query, headers });
  };
  return (exchange) => {
    const { request, response, path, refuseBody } = exchange;
    putHeaders(response, exchange.ownHeaders);
    if (mock.engine === 'mockserver' && isControlPlane(path)) return refuseControlPlane(response, mock);
    if (refuseBody && announcesTooMuch(request)) return refuseBody(response);
    const refusals = {
      unreachable: (code: string | undefined): void => {
        options.onUnreachable?.();
        sendBadGateway(response, mock, code);
      },
      late: (): void => options.limit?.refuse(response),
    };
    const limitMs = options.limit && options.limit.ms - exchange.delayedMs;
    return relay(exchange, start(exchange), refusals, limitMs);
  };
}

function refuseControlPlane(response: ServerResponse, { name }: UpstreamMock): void {
  sendProblem(
    response,
    404,
    'Not Found',
    `MockServer keeps this path for its own control, which is not reachable through mock '${name}'. ` +
      "Expectations can't use it; choose another path.",
  );
}

function sendBadGateway(response: ServerResponse, { name, upstream }: UpstreamMock, code: string | undefined): void {
  const reason = code === undefined ? '' : ` (${code})`;
  sendProblem(
    response,
    502,
    'Bad Gateway',
    `Mock '${name}' gave no answer: ${upstream.host} broke off or can't be reached${reason}. ` +
      "Look at that process's log, and at /_mockenv/health.",
  );
}
