import type { Seen } from './client.ts';
import type { Call } from './draft.ts';

/** A server that mocks one document. */
export interface Subject {
  /** Never rejects over what the server does; one call at a time. */
  ask(call: Call): Promise<Seen>;
  stop(): void;
}

/** A server that never answers a call is left alone after this. */
export const TIMEOUT_MS = 2_000;
