import type { IncomingMessage, ServerResponse } from 'node:http';
import { ROUTE_HEADER, isRouteOf } from './chosen_route.ts';
import type { Dashboards } from './dashboard/dashboards.ts';
import type { Answerer } from './exchange.ts';
import { sendFault, wait } from './faults/carry_out.ts';
import { DELAY_HEADER, FaultHeaderError, STATUS_HEADER, faultOf, type Fault, type FaultSource } from './faults/fault.ts';
import { sendGatewayAnswer } from './gateway/answers.ts';
import type { Admission, Gateway } from './gateway/gateway.ts';
import type { Issuer } from './gateway/issuer.ts';
import { ENVIRONMENT_HEADER } from './headers.ts';
import type { HealthReport } from './health.ts';
import type { Mounted, Place } from './mocks.ts';
import { HEALTH_PATH, answerHealth, answerNotFound, isOwn } from './own_paths.ts';
import { crossOriginHeaders } from './prism/cross_origin.ts';
import { putHeaders, sendProblem } from './replies.ts';
import type { Serving } from './serving.ts';
import { Visit, type VisitOptions } from './visit.ts';

/** A mock ready to answer. */
export interface ServedMock extends Mounted {
  readonly name: string;
  readonly answer: Answerer;
  /** What its settings let go wrong; null: nothing. */
  readonly faults: FaultSource | null;
  /** Whether it answers callers of any origin, as Prism does: then faults must too. */
  readonly allowsCrossOrigin: boolean;
}

export interface HostOptions extends VisitOptions {
  /** What is served; it may be replaced at any time, between two requests. */
  readonly serving: Pick<Serving<ServedMock>, 'mocks' | 'find'>;
  readonly tokenHeader: string | null;
  /** Null where a real API Gateway stands in front. */
  readonly gateway: Gateway | null;
  /** Whether that gateway names the route of every request, as it does where mocks need scopes. */
  readonly requiresRoute: boolean;
  /** Only where the host plays the gateway: on somebody's own machine. */
  readonly dashboards: Pick<Dashboards, 'isAsked' | 'answer'> | null;
  /** Gives out tokens; null: there is none here. */
  readonly issuer: Issuer | null;
  readonly health: () => Promise<HealthReport>;
  readonly isDraining: () => boolean;
  /** Told of errors that are the host's own fault. */
  readonly onFault: (error: unknown) => void;
}

/** Handles one HTTP request of `node:http`. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void;

const OWN_HEADERS = [ENVIRONMENT_HEADER, ROUTE_HEADER, DELAY_HEADER, STATUS_HEADER];

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
    const { gateway, dashboards, issuer, isDraining } = this.#options;
    if (isDraining()) visit.ownHeaders.push('connection', 'close');
    // Open in the gateway role too: who starts the host waits for it, and has no token yet.
    if (visit.target.path === HEALTH_PATH) void answerHealth(visit, this.#options.health);
    else if (issuer?.serves(visit.target.path)) void issuer.answer(visit);
    // No browser sends a token by itself; it has rules of its own (dashboard/rules.ts).
    else if (dashboards?.isAsked(visit.target.path)) void dashboards.answer(visit.request, visit.responseOfOurs(), visit.target.path);
    else if (gateway) this.#admit(visit, gateway(visit.request, visit.target, visit.id));
    else void this.#dispatch(visit);
  }

  #admit(visit: Visit, admission: Admission | Promise<Admission>): void {
    if (admission instanceof Promise) void admission.then((settled) => this.#settle(visit, settled));
    else this.#settle(visit, admission);
  }

  #settle(visit: Visit, admission: Admission): void {
    visit.ownHeaders.push('apigw-requestid', visit.id);
    if (admission === null) void this.#dispatch(visit);
    else sendGatewayAnswer(visit.responseOfOurs(), admission);
  }

  async #dispatch(visit: Visit): Promise<void> {
    const { path } = visit.target;
    const place = isOwn(path) ? undefined : this.#options.serving.find(path);
    if (!place || !this.#isRouted(visit.request, place.mock)) return answerNotFound(visit, this.#options.serving.mocks);
    visit.mockName = place.mock.name;
    try {
      visit.fault = faultOf(visit.request, place.mock.faults);
      this.#dropOwnHeaders(visit.request);
      if (visit.fault === null) await this.#answer(visit, place);
      else await this.#answerWithFault(visit, place, visit.fault);
    } catch (error) {
      this.#fail(visit, place.mock, error);
    }
  }

  /** Whether the gateway in front chose this very mock; the gateway role always does. */
  #isRouted({ headers }: IncomingMessage, { path }: Mounted): boolean {
    const { gateway, requiresRoute } = this.#options;
    const routeKey = headers[ROUTE_HEADER];
    if (gateway) return true;
    return routeKey === undefined ? !requiresRoute : isRouteOf(String(routeKey), path);
  }

  #answer(visit: Visit, { mock, innerPath }: Place<ServedMock>): Promise<void> | void {
    return mock.answer({
      request: visit.request,
      response: visit.response,
      path: innerPath,
      query: visit.target.query,
      refuseBody: this.#options.gateway && refuseBody,
      ownHeaders: visit.ownHeaders,
      sent: visit.sent,
      delayedMs: visit.fault?.delayMs ?? 0,
    });
  }

  async #answerWithFault(visit: Visit, place: Place<ServedMock>, fault: Fault): Promise<void> {
    if (!(await wait(fault, visit.response))) return;
    if (fault.status === null) return this.#answer(visit, place);
    const response = visit.responseOfOurs();
    if (place.mock.allowsCrossOrigin) putHeaders(response, crossOriginHeaders(visit.request.headers));
    sendFault(response, fault.status, fault.isAskedFor, place.mock.name);
  }

  #fail(visit: Visit, { allowsCrossOrigin }: ServedMock, error: unknown): void {
    if (error instanceof FaultHeaderError) {
      const response = visit.responseOfOurs();
      if (allowsCrossOrigin) putHeaders(response, crossOriginHeaders(visit.request.headers));
      return sendProblem(response, 400, 'Bad Request', error.message);
    }
    this.#options.onFault(error);
    fail(visit);
  }

  /** Ours, not the mocked API's: neither its engine nor its server may see them. */
  #dropOwnHeaders({ headers }: IncomingMessage): void {
    const { tokenHeader } = this.#options;
    if (tokenHeader !== null && tokenHeader in headers) delete headers[tokenHeader];
    for (const name of OWN_HEADERS) if (name in headers) delete headers[name];
  }
}

function refuseBody(response: ServerResponse): void {
  sendGatewayAnswer(response, 'bodyTooLarge');
}

function fail(visit: Visit): void {
  if (visit.response.headersSent) visit.response.destroy();
  else sendProblem(visit.responseOfOurs(), 500, 'Internal Server Error', "The mock host failed at this request; its log says more.");
}
