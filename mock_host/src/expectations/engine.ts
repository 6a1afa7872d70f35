import type { MockServerMock } from '../configuration.ts';
import type { Answerer } from '../exchange.ts';
import type { Engine } from '../mounted_mock.ts';
import type { Failure } from '../reload/load.ts';
import { putHeaders, sendProblem } from '../replies.ts';
import { createUpstreamAnswerer, type UpstreamOptions } from '../upstream/answer.ts';
import type { Generation } from './generation.ts';
import type { Keepers } from './keepers.ts';
import type { ExpectationsOutcome } from './load.ts';

/** The engine of a mock whose MockServer is kept at its expectations. */
export interface MockServerEngine extends Engine {
  readonly expectations: Generation | null;
  /** Passes requests on; the same for as long as the MockServer is. */
  readonly relay: Answerer;
  /** Why the file can't be used, whatever MockServer says. */
  readonly fileFailure: Failure | null;
}

export interface MockServerEngineOptions {
  readonly upstream: UpstreamOptions;
  readonly keepers: Keepers;
}

/** The engine that a file's outcome makes of the one that was there before. */
export function toMockServerEngine(
  mock: MockServerMock,
  before: MockServerEngine | undefined,
  outcome: ExpectationsOutcome,
  options: MockServerEngineOptions,
): MockServerEngine {
  const { keepers } = options;
  const expectations = outcome.kind === 'loaded' ? outcome.generation : (before?.expectations ?? null);
  const relay = before?.relay ?? createRelay(mock, options);
  const fileFailure = outcome.kind === 'unchanged' ? (before?.fileFailure ?? null) : outcome.kind === 'failed' ? outcome.failure : null;
  return {
    expectations,
    relay,
    fileFailure,
    files: outcome.files,
    answer: outcome.kind === 'loaded' ? createAnswerer(mock, relay, keepers) : (before?.answer ?? null),
    probe: () => Promise.resolve(keepers.troubleOf(mock)),
    get failure() {
      return fileFailure ?? (expectations && keepers.refusalOf(mock, expectations));
    },
  };
}

function createRelay(mock: MockServerMock, { upstream, keepers }: MockServerEngineOptions): Answerer {
  return createUpstreamAnswerer(mock, { ...upstream, onUnreachable: () => keepers.look(mock) });
}

/** What a MockServer without its expectations answers is nobody's: not even its 404. */
function createAnswerer(mock: MockServerMock, relay: Answerer, keepers: Keepers): Answerer {
  return (exchange) => {
    const trouble = keepers.troubleOf(mock);
    if (trouble === undefined) return relay(exchange);
    putHeaders(exchange.response, exchange.ownHeaders);
    const detail = `Mock '${mock.name}' can't answer now: ${trouble}. It is tried again by itself; see /_mockenv/health.`;
    return sendProblem(exchange.response, 503, 'Service Unavailable', detail);
  };
}
