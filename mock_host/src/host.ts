import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answerer } from './exchange.ts';
import { sendGatewayAnswer } from './gateway/answers.ts';
import type { Admission, Gateway } from './gateway/gateway.ts';
import { ENVIRONMENT_HEADER } from './headers.ts';
import type { HealthReport } from './health.ts';
import type { Mounted } from './mocks.ts';
import { sendJson, sendProblem } from './replies.ts';
import type { Serving } from './serving.ts';
import { Visit, type VisitOptions } from './visit.ts';

/** A mock ready to answer. */
export interface ServedMock extends Mounted {
  readonly name: string;
  readonly answer: Answerer;
}

export interface HostOptions extends VisitOptions {
  /** What is served; it may be replaced at any time, between two requests. */
  readonly serving: Serving<ServedMock>;
  readonly tokenHeader: string | null;
  /** Null where a real API Gateway stands in front. */
  readonly gateway: Gateway | null;
  readonly health: () => Promise<HealthReport>;
  readonly isDraining: () => boolean;
  /** Told of errors that are the host's own fault. */
  readonly onFault: (error: unknown) => void;
}

/** Handles one HTTP request of `node:http`. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void;

const OWN_PATH = '/_mockenv';
const HEALTH_PATH = '/_mockenv/health';

export function createRequestHandler(options: HostOptions): RequestHandler {
  const host = new Host(options);
  return (request, response) => host.handle(new Visit(request, response, options));
}

class Host {
  readonly #options: HostOptions;

  constructor(options: HostOptions) {
    this.#options = options;
  }

  handle(visit: Visit): void {
    const { gateway, isDraining } = this.#options;
    if (isDraining()) visit.response.setHeader('connection', 'close');
    // Open in the gateway role too: who starts the host waits for it, and has no token yet.
    if (visit.target.path === HEALTH_PATH) void this.#answerHealth(visit);
    else if (gateway) this.#admit(visit, gateway(visit.request, visit.target, visit.id));
    else void this.#dispatch(visit);
  }

  #admit(visit: Visit, admission: Admission | Promise<Admission>): void {
    if (admission instanceof Promise) void admission.then((settled) => this.#settle(visit, settled));
    else this.#settle(visit, admission);
  }

  #settle(visit: Visit, admission: Admission): void {
    visit.response.setHeader('apigw-requestid', visit.id);
    if (admission === null) void this.#dispatch(visit);
    else sendGatewayAnswer(visit.response, admission);
  }

  async #dispatch(visit: Visit): Promise<void> {
    const { path } = visit.target;
    const place = isOwn(path) ? undefined : this.#options.serving.find(path);
    if (!place) return this.#notFound(visit);
    visit.mockName = place.mock.name;
    this.#dropOwnHeaders(visit.request);
    try {
      await place.mock.answer({
        request: visit.request,
        response: visit.response,
        path: place.innerPath,
        query: visit.target.query,
        refuseBody: this.#options.gateway && refuseBody,
        streamed: visit.streamed,
      });
    } catch (error) {
      this.#options.onFault(error);
      fail(visit.response);
    }
  }

  /** Ours, not the mocked API's: neither its engine nor its server may see them. */
  #dropOwnHeaders({ headers }: IncomingMessage): void {
    const { tokenHeader } = this.#options;
    if (tokenHeader !== null && tokenHeader in headers) delete headers[tokenHeader];
    if (ENVIRONMENT_HEADER in headers) delete headers[ENVIRONMENT_HEADER];
  }

  async #answerHealth({ request, response }: Visit): Promise<void> {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD');
      return sendProblem(response, 405, 'Method Not Allowed', `${HEALTH_PATH} answers GET and HEAD.`);
    }
    const report = await this.#options.health();
    response.setHeader('cache-control', 'no-store');
    sendJson(response, report.status === 'healthy' ? 200 : 503, report);
  }

  #notFound({ response, target }: Visit): void {
    const mounted = this.#options.serving.mocks.map(({ name, path }) => `${path} (${name})`).join(', ');
    const detail = isOwn(target.path)
      ? `Paths under ${OWN_PATH} are the host's own; ${HEALTH_PATH} is there.`
      : `No mock is at this path. There are: ${mounted}.`;
    sendProblem(response, 404, 'Not Found', detail);
  }
}

function isOwn(path: string): boolean {
  return path.startsWith(OWN_PATH) && (path.length === OWN_PATH.length || path[OWN_PATH.length] === '/');
}

function refuseBody(response: ServerResponse): void {
  sendGatewayAnswer(response, 'bodyTooLarge');
}

function fail(response: ServerResponse): void {
  if (response.headersSent) response.destroy();
  else sendProblem(response, 500, 'Internal Server Error', "The mock host failed at this request; its log says more.");
}
