import { performance } from 'node:perf_hooks';
import type { Configuration, Mock, PrismMock } from './configuration.ts';
import { StartError, messageOf } from './errors.ts';
import type { EventStream } from './events.ts';
import type { Answerer } from './exchange.ts';
import { sendGatewayAnswer } from './gateway/answers.ts';
import { INTEGRATION_LIMIT_MS } from './gateway/limits.ts';
import { alwaysServing, reachable, type Probe } from './health.ts';
import type { ServedMock } from './host.ts';
import { createPrismAnswerer } from './prism/answer.ts';
import { DocumentError, loadDocument } from './prism/documents.ts';
import { createUpstreamAnswerer, type UpstreamOptions } from './upstream/answer.ts';

/** A mock ready to answer, with the way to see whether it still can. */
export interface ProbedMock extends ServedMock {
  readonly mock: Mock;
  readonly probe: Probe;
}

/**
 * Makes every mock of the configuration ready, telling `events` of each. All are tried, so that
 * all broken documents are told at once. @throws StartError if any fails
 */
export async function serveMocks(configuration: Configuration, events: EventStream): Promise<ProbedMock[]> {
  const served: ProbedMock[] = [];
  const failed: string[] = [];
  for (const mock of configuration.mocks) {
    try {
      served.push(await serve(mock, configuration, events));
    } catch (error) {
      events.emit({ event: 'mock_failed', mock: mock.name, ...failureOf(error) });
      failed.push(`mock '${mock.name}': ${messageOf(error)}`);
    }
  }
  if (failed.length > 0) throw new StartError(`${failed.join(' ')} Mend the document and start again.`);
  return served;
}

async function serve(mock: Mock, configuration: Configuration, events: EventStream): Promise<ProbedMock> {
  const { name, path } = mock;
  if (mock.engine === 'prism') return { mock, name, path, probe: alwaysServing, answer: await loadPrism(mock, events) };
  events.emit({ event: 'mock_loaded', mock: name, path, engine: mock.engine, upstream: mock.upstream.origin });
  const answer = createUpstreamAnswerer(mock, upstreamOptions(configuration));
  return { mock, name, path, probe: reachable(mock.upstream), answer };
}

async function loadPrism({ name, path, document }: PrismMock, events: EventStream): Promise<Answerer> {
  const startedMs = performance.now();
  const operations = await loadDocument(document);
  const answer = createPrismAnswerer(operations);
  const durationMs = Math.round(performance.now() - startedMs);
  const told = { mock: name, path, engine: 'prism', document, operations: operations.length, duration_ms: durationMs };
  events.emit({ event: 'mock_loaded', ...told });
  return answer;
}

function upstreamOptions({ environment, tokenHeader, gateway }: Configuration): UpstreamOptions {
  const limit: UpstreamOptions['limit'] = gateway && {
    ms: INTEGRATION_LIMIT_MS,
    refuse: (response) => sendGatewayAnswer(response, 'late'),
  };
  return { environment, tokenHeader, limit };
}

function failureOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof DocumentError)) return { reason: messageOf(error) };
  const { file, line, reason } = error;
  return { file, ...(line !== undefined && { line }), reason };
}
