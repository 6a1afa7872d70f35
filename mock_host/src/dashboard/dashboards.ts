import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { messageOf } from '../errors.ts';
import type { Mock } from '../configuration.ts';
import { sendProblem } from '../replies.ts';
import { splitTarget } from '../target.ts';
import { fetchPart } from './part.ts';
import { DASHBOARDS, dashboardLocation, dashboardPlace, isOfThisHost, type DashboardPlace } from './rules.ts';
import { tunnel } from './tunnel.ts';

type MockServer = Extract<Mock, { engine: 'mockserver' }>;

/** Nothing but the page itself, and what comes with it, may be loaded, asked, or put around it. */
const POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'";
const HEADERS = {
  'content-security-policy': POLICY,
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** Shows MockServers' own dashboards to a person on this machine; only to be looked at. */
export class Dashboards {
  readonly #mocks: () => readonly { readonly mock: Mock }[];
  readonly #sockets = new Set<Duplex>();

  constructor(mocks: () => readonly { readonly mock: Mock }[]) {
    this.#mocks = mocks;
  }

  isAsked(path: string): boolean {
    return path.startsWith(DASHBOARDS);
  }

  async answer({ method, headers }: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const place = dashboardPlace(path);
    const mock = place && this.#mockOf(place);
    if (!place || !mock) return sendProblem(response, 404, 'Not Found', this.#whatThereIs());
    if (method !== 'GET') return refuseMethod(response);
    if (!isOfThisHost(headers, place.part)) return refuseOrigin(response);
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    if (place.part === 'entrance') return redirect(response, dashboardLocation(mock.name));
    if (place.part === 'socket') return sendProblem(response, 426, 'Upgrade Required', 'This path is the WebSocket of the dashboard.');
    await this.#show(place, mock, response);
  }

  /** Whether a request is for the dashboard's WebSocket, from its own page; all others are answered as requests. */
  readonly takes = (request: IncomingMessage): boolean => {
    const place = dashboardPlace(splitTarget(request.url ?? '/').path);
    return place?.part === 'socket' && request.method === 'GET' && isOfThisHost(request.headers, 'socket') && Boolean(this.#mockOf(place));
  };

  readonly take = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const place = dashboardPlace(splitTarget(request.url ?? '/').path);
    const mock = place && this.#mockOf(place);
    if (!place || !mock) return void socket.destroy();
    this.#sockets.add(socket.once('close', () => this.#sockets.delete(socket)));
    tunnel(new URL(place.path, mock.upstream), request, socket, head);
  };

  /** Ends all WebSockets: a dashboard that is open keeps nobody from ending. */
  readonly close = (): void => {
    for (const socket of this.#sockets) socket.destroy();
  };

  async #show(place: DashboardPlace, mock: MockServer, response: ServerResponse): Promise<void> {
    try {
      const { status, type, body } = await fetchPart(mock.upstream, place.path, `${DASHBOARDS}${mock.name}`);
      response.writeHead(status, { 'content-type': type, 'content-length': body.length }).end(body);
    } catch (error) {
      sendProblem(response, 502, 'Bad Gateway', `The MockServer of '${mock.name}' does not show its dashboard: ${messageOf(error)}.`);
    }
  }

  #mockOf({ mock: name }: DashboardPlace): MockServer | undefined {
    const found = this.#mocks().find(({ mock }) => mock.name === name)?.mock;
    return found?.engine === 'mockserver' ? found : undefined;
  }

  #whatThereIs(): string {
    const names = this.#mocks().flatMap(({ mock }) => (mock.engine === 'mockserver' ? [`${DASHBOARDS}${mock.name}/`] : []));
    return names.length === 0 ? 'No mock of this environment has a MockServer.' : `There is: ${names.join(', ')}.`;
  }
}

function refuseMethod(response: ServerResponse): void {
  response.setHeader('allow', 'GET');
  sendProblem(response, 405, 'Method Not Allowed', 'The dashboard is here to be looked at. Change the file of expectations: it is followed.');
}

function refuseOrigin(response: ServerResponse): void {
  const detail = 'Open the dashboard by typing its address, at 127.0.0.1 or localhost: pages of other sites may not ask for it.';
  sendProblem(response, 403, 'Forbidden', detail);
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { location, 'content-length': 0 }).end();
}
