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
  /** Counts what is streamed; an answer with a content-length needs no counting. */
  readonly streamed: { bytes: number };
  /** How long the request was held back on purpose; counts towards the gateway role's limit. */
  readonly delayedMs: number;
}

/** Answers one request of a mock. A rejection is a fault of the host, never of the caller. */
export type Answerer = (exchange: Exchange) => Promise<void> | void;
