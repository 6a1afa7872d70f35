import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request on its way through the host. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The path as the mock sees it (base path taken off), in the caller's bytes. */
  readonly path: string;
  /** With its `?`, or empty. */
  readonly query: string;
  /** Refuses a body over 10 MB as API Gateway does; null where a real API Gateway stands in front. */
  readonly refuseBody: ((response: ServerResponse) => void) | null;
  /** The host's own headers, flat (`[name, value, …]`): whoever answers sends them too. */
  readonly ownHeaders: readonly string[];
  /** What was sent of a body, as far as the response itself can't tell. */
  readonly sent: { bytes: number };
  /** How long the request was held back on purpose; counts towards the gateway role's limit. */
  readonly delayedMs: number;
}

/** Answers one request of a mock. A rejection is a fault of the host, never of the caller. */
export type Answerer = (exchange: Exchange) => Promise<void> | void;
