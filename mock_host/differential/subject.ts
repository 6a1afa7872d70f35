import type { Seen } from './client.ts';
import type { Call } from './draft.ts';

/** A server that mocks one document. */
export interface Subject {
  /** Never rejects over what the server does; one call at a time. */
  ask(call: Call): Promise<Seen>;
  stop(): void;
}

/** The Prism CLI never answers some calls; it is left alone after this. */
export const CLI_TIMEOUT_MS = 2_000;

/** Ours answers each; on a busy machine it may be late. */
export const HOST_TIMEOUT_MS = 10_000;
