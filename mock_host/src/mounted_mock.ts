import type { Mock } from './configuration.ts';
import type { Answerer } from './exchange.ts';
import { createFaultSource } from './faults/fault.ts';
import type { Generation } from './expectations/generation.ts';
import { alwaysServing, type Probe } from './health.ts';
import type { ServedMock } from './host.ts';
import type { SourceFile } from './prism/source_files.ts';
import { tellFailure, type Failure } from './reload/load.ts';
import { sendProblem } from './replies.ts';

/** A mock's engine: ready, or what there is of it. */
export interface Engine {
  /** Null: it never had a document that can be served. */
  readonly answer: Answerer | null;
  /** What its document was made from, or its expectations; none of a service. */
  readonly files: readonly SourceFile[];
  /** Why its newest document is not the one that is served; null: it is. */
  readonly failure: Failure | null;
  /** Missing where an engine that has an answer serves for as long as the process lives. */
  readonly probe?: Probe;
  /** What its MockServer is to have. */
  readonly expectations?: Generation | null;
}

/** A mock in its place, with the way to see whether it can answer. */
export interface MountedMock extends ServedMock {
  readonly mock: Mock;
  readonly engine: Engine;
  readonly probe: Probe;
}

export function mount(mock: Mock, engine: Engine): MountedMock {
  const { name, path, faults } = mock;
  return {
    mock,
    engine,
    name,
    path,
    answer: engine.answer ?? refuse(mock, engine.failure),
    faults: faults ? createFaultSource(faults, Math.random) : null,
    allowsCrossOrigin: mock.engine === 'prism',
    probe: probeOf(engine),
  };
}

function probeOf({ answer, failure, probe = alwaysServing }: Engine): Probe {
  return answer ? probe : () => Promise.resolve(tell(failure));
}

/** A mock that is new and broken has its path all the same: nobody else may answer there. */
function refuse({ name }: Mock, failure: Failure | null): Answerer {
  const detail = `Mock '${name}' can't be served: ${tell(failure)} Mend it, and it is loaded by itself.`;
  return ({ response }) => sendProblem(response, 503, 'Service Unavailable', detail);
}

function tell(failure: Failure | null): string {
  return failure ? tellFailure(failure) : 'its document is not loaded.';
}
