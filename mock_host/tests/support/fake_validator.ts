import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import { folderWith, type Cleanup } from './folder.ts';

export type AuthorizerEvent = Record<string, unknown> & { readonly identitySource: readonly string[] };

/** What the validator does with one invocation. */
export type Behaviour = (event: AuthorizerEvent, response: ServerResponse) => void;

/** A server on a Unix socket with the paths and headers of the Lambda Invoke API. */
export class FakeValidator {
  readonly socketPath: string;
  readonly events: AuthorizerEvent[] = [];
  /** Connections that were opened. */
  connections = 0;
  behaviour: Behaviour;
  #server: Server | undefined;

  constructor(context: Cleanup, behaviour: Behaviour) {
    this.socketPath = join(folderWith(context), 'validator.sock');
    this.behaviour = behaviour;
    context.after(() => this.stop());
  }

  async start(): Promise<this> {
    this.#server = createServer((request, response) => void this.#handle(request, response));
    this.#server.on('connection', () => {
      this.connections += 1;
    });
    await once(this.#server.listen(this.socketPath), 'listening');
    return this;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    if (request.method !== 'POST' || request.url !== '/2015-03-31/functions/function/invocations') {
      response.writeHead(404).end();
      return;
    }
    const event = JSON.parse(text) as AuthorizerEvent;
    this.events.push(event);
    this.behaviour(event, response);
  }
}

/** Allows exactly the token `Bearer good`. */
export const allowGood: Behaviour = (event, response) => {
  response.end(JSON.stringify({ isAuthorized: event.identitySource[0] === 'Bearer good', context: {} }));
};

export const raise: Behaviour = (_, response) => {
  response.setHeader('X-Amz-Function-Error', 'Unhandled');
  response.end(JSON.stringify({ errorMessage: 'boom', errorType: 'ValueError' }));
};

export const replyWith = (text: string, status = 200): Behaviour => (_, response) => {
  response.writeHead(status).end(text);
};
