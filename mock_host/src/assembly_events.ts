import type { Assembly, FailedMock, LoadedMock } from './assembly.ts';
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

function loadedFields({ mock, operations, durationMs }: LoadedMock): Fields {
  const { name, path, engine } = mock;
  const source =
    engine === 'prism'
      ? { document: mock.document, operations, duration_ms: Math.round(durationMs) }
      : { upstream: mock.upstream.origin };
  return { mock: name, path, engine, ...source };
}

function failedFields({ mock, failure, servesLastGood }: FailedMock): Fields {
  return { mock: mock.name, ...failure, serves_last_good: servesLastGood };
}
