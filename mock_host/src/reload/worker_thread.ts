import { getHeapStatistics } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import type { SourceFile } from '../prism/source_files.ts';
import { loadHere, type Outcome } from './load.ts';
import { pack, type Parcel } from './parcels.ts';

/** What the thread is asked. */
export interface LoadRequest {
  readonly document: string;
  readonly known: readonly SourceFile[];
}

/** An outcome as it travels: its operations packed. */
export type PackedOutcome =
  | Exclude<Outcome, { kind: 'loaded' }>
  | { readonly kind: 'packed'; readonly files: readonly SourceFile[]; readonly parcels: readonly Parcel[] };

export interface LoadReply {
  readonly outcome: PackedOutcome;
  /** Size of the thread's heap. */
  readonly heapBytes: number;
}

/** Runs in the thread: answers each request in turn, for as long as the thread lives. */
export function serveLoads(): void {
  parentPort?.on('message', ({ document, known }: LoadRequest) => {
    void loadHere(document, known).then((outcome) => reply(packed(outcome)));
  });
}

function packed(outcome: Outcome): PackedOutcome {
  if (outcome.kind !== 'loaded') return outcome;
  return { kind: 'packed', files: outcome.files, parcels: pack(outcome.operations) };
}

function reply(outcome: PackedOutcome): void {
  const message: LoadReply = { outcome, heapBytes: getHeapStatistics().total_heap_size };
  // Moved, not copied.
  parentPort?.postMessage(message, outcome.kind === 'packed' ? outcome.parcels.map(({ buffer }) => buffer) : []);
}
