import { getHeapStatistics } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import type { IHttpOperation } from '@stoplight/types';
import type { SourceFile } from '../prism/source_files.ts';
import { loadAll, type OutcomeOf } from './load.ts';
import { pack, type Packed } from './parcels.ts';

/** What the thread is asked. */
export interface LoadRequest {
  readonly document: string;
  readonly known: readonly SourceFile[];
}

/** An outcome as it travels. */
export type PackedOutcome = OutcomeOf<Packed>;

export interface LoadReply {
  readonly outcome: PackedOutcome;
  /** Size of the thread's heap. */
  readonly heapBytes: number;
}

/** Runs in the thread: answers each request in turn, for as long as the thread lives. */
export function serveLoads(): void {
  parentPort?.on('message', ({ document, known }: LoadRequest) => {
    void loadAll(document, known).then(reply);
  });
}

function reply(outcome: OutcomeOf<readonly IHttpOperation[]>): void {
  const packed: PackedOutcome =
    outcome.kind === 'loaded' ? { ...outcome, operations: pack(outcome.operations) } : outcome;
  const message: LoadReply = { outcome: packed, heapBytes: getHeapStatistics().total_heap_size };
  // Moved, not copied.
  const moved = packed.kind === 'loaded' ? packed.operations.parcels.map(({ bytes }) => bytes.buffer) : [];
  parentPort?.postMessage(message, moved);
}
