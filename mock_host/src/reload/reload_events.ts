import type { Assembly } from '../assembly.ts';
import { tellMocks } from '../assembly_events.ts';
import type { EventStream } from '../events.ts';
import { differences } from '../differences.ts';
import type { MountedMock } from '../mounted_mock.ts';
import { tellFailure, type Failure } from './load.ts';

/** What a reload came to. */
export interface Reloaded {
  /** What was served until then. */
  readonly before: readonly MountedMock[];
  readonly assembly: Assembly;
  readonly durationMs: number;
  /** Of the sources, where they have one. */
  readonly version?: string;
}

/**
 * Tells of a reload as metric filters want it: `config_reloaded` if anything new serves,
 * `config_reload_failed` if anything new can't; both with `mock_count`, the mocks that have a
 * path now. Nothing where nothing happened. A new version is always told.
 */
export function tellReload(events: EventStream, reloaded: Reloaded): void {
  const { before, assembly, durationMs, version } = reloaded;
  const { changed: differing, removed } = differences(before, assembly.mocks);
  // A MockServer may refuse what is whole as a file.
  const changed = differing.filter((name) => !assembly.failed.some(({ mock }) => mock.name === name));
  const common = { mock_count: assembly.mocks.length, ...(version !== undefined && { version }) };
  tellMocks(events, assembly, 'mock_reload_failed');
  if (changed.length + removed.length > 0 || version !== undefined)
    events.emit({ event: 'config_reloaded', ...common, changed, removed, duration_ms: Math.round(durationMs) });
  if (assembly.failed.length > 0)
    events.emit({ event: 'config_reload_failed', ...common, reason: reasonsOf(assembly) });
}

/** Tells that a whole configuration was refused; what was served before goes on. */
export function tellRefusal(events: EventStream, failure: Failure, mockCount: number, version?: string): void {
  const common = { mock_count: mockCount, ...(version !== undefined && { version }) };
  events.emit({ event: 'config_reload_failed', ...common, ...failure });
}

export function reasonsOf({ failed }: Assembly): string {
  return failed.map(({ mock, failure }) => `mock '${mock.name}': ${tellFailure(failure)}`).join(' ');
}
