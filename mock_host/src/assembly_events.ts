import type { Assembly, FailedMock, LoadedMock } from './assembly.ts';
import type { Mock } from './configuration.ts';
import type { EventStream } from './events.ts';

type Fields = Record<string, unknown>;

/** Tells of each mock that was loaded, and of each that failed: `mock_failed`, or `mock_reload_failed` later. */
export function tellMocks(
  events: EventStream,
  { loaded, failed }: Assembly,
  failedEvent: 'mock_failed' | 'mock_reload_failed',
): void {
  for (const mock of loaded) events.emit({ event: 'mock_loaded', ...loadedFields(mock) });
  for (const mock of failed) events.emit({ event: failedEvent, ...failedFields(mock) });
}

function loadedFields({ mock, count, durationMs }: LoadedMock): Fields {
  const { name, path, engine } = mock;
  const source = sourceFields(mock, count);
  return { mock: name, path, engine, ...source, ...(count !== null && { duration_ms: Math.round(durationMs) }) };
}

function sourceFields(mock: Mock, count: number | null): Fields {
  switch (mock.engine) {
    case 'prism':
      return { document: mock.document, operations: count };
    case 'mockserver':
      return { upstream: mock.upstream.origin, file: mock.expectations, expectations: count };
    case 'service':
      return { upstream: mock.upstream.origin };
  }
}

function failedFields({ mock, failure, servesLastGood }: FailedMock): Fields {
  return { mock: mock.name, ...failure, serves_last_good: servesLastGood };
}
