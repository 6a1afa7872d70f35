import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { MockServerMock } from '../../src/configuration.ts';
import type { Cleanup } from './folder.ts';
import { textOf } from './upstream.ts';

export interface FakeExpectation {
  readonly id: string;
  readonly priority: number;
  readonly httpRequest?: { readonly method?: string; readonly path?: string };
  readonly httpResponse: { readonly statusCode?: number; readonly body?: string };
}

/** Answers in place of the server, or says false: then the server does. */
export type Disturbance = (path: string, response: ServerResponse, body: string) => boolean;

/**
 * A server that behaves like MockServer 8 where it matters here: expectations are changed by id,
 * the highest priority that matches answers, refused ones may leave those before them behind, and
 * a process that ends forgets everything.
 */
export class FakeMockServer {
  readonly expectations = new Map<string, FakeExpectation>();
  /** Paths of control requests. */
  readonly asked: string[] = [];
  disturb: Disturbance = () => false;
  /** How long each control request takes. */
  slowMs = 0;
  #server: Server | undefined;
  #port = 0;

  constructor(context: Cleanup) {
    context.after(() => this.vanish());
  }

  get url(): URL {
    return new URL(`http://127.0.0.1:${this.#port}`);
  }

  mock(expectations: string, { name = 'ledger', path = '/ledger' } = {}): MockServerMock {
    return { name, path, engine: 'mockserver', upstream: this.url, expectations };
  }

  /** Listens; after it vanished, where it did before. */
  async appear(): Promise<this> {
    this.#server = createServer((request, response) => void this.#answer(request, response));
    await once(this.#server.listen(this.#port, '127.0.0.1'), 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
    return this;
  }

  /** Ends as by SIGKILL. */
  async vanish(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.expectations.clear();
    if (!server) return;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }

  /** Bodies of the answers, best match first. */
  bodies(): (string | undefined)[] {
    return this.#ordered().filter(({ httpRequest }) => httpRequest?.path !== '/mockserver/mockenv-marker').map(({ httpResponse }) => httpResponse.body);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', this.url);
    const body = await textOf(request);
    if (!pathname.startsWith('/mockserver/')) return this.#mocked(request.method ?? '', pathname, response);
    this.asked.push(pathname);
    if (this.disturb(pathname, response, body)) return;
    if (this.slowMs > 0) await pause(this.slowMs);
    if (pathname === '/mockserver/expectation') return this.#put(JSON.parse(body) as FakeExpectation[], response);
    const id = body === '' ? undefined : (JSON.parse(body) as { id: string }).id;
    if (pathname === '/mockserver/clear') return void response.writeHead(this.expectations.delete(id ?? '') ? 200 : 400).end();
    response.end(JSON.stringify([...this.expectations.values()].filter((one) => id === undefined || one.id === id)));
  }

  #put(expectations: readonly FakeExpectation[], response: ServerResponse): void {
    for (const expectation of expectations) {
      if (expectation.httpRequest?.path === '/refused') return void response.writeHead(400).end('no such path\n please');
      this.expectations.set(expectation.id, expectation);
    }
    response.writeHead(expectations.length === 0 ? 400 : 201).end('[]');
  }

  #mocked(method: string, path: string, response: ServerResponse): void {
    const found = this.#ordered().find(({ httpRequest = {} }) =>
      (httpRequest.method ?? method) === method && new RegExp(`^${httpRequest.path ?? '.*'}$`).test(path));
    response.writeHead(found ? (found.httpResponse.statusCode ?? 200) : 404).end(found?.httpResponse.body);
  }

  #ordered(): FakeExpectation[] {
    return [...this.expectations.values()].toSorted((one, other) => other.priority - one.priority);
  }
}

/** An expectation as a file holds it: at this path, this answer. */
export function says(body: string, path = '/a', more: object = {}): object {
  return { httpRequest: { path }, httpResponse: { body }, ...more };
}
