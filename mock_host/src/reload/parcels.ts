import { setImmediate as nextTurn } from 'node:timers/promises';
import { Serializer, deserialize } from 'node:v8';
import type { IHttpOperation } from '@stoplight/types';

/** An operation on its way between threads. */
export type Parcel = Uint8Array<ArrayBuffer>;

/** Unpacking holds requests up for so long at most, but for a single operation that takes longer. */
const SLICE_MS = 2;

/**
 * Each operation by itself, because one value is unpacked in one go: GitHub's description as a
 * whole takes 110 ms. What two operations share is doubled; that is next to nothing, because
 * http-spec gives each a copy of its own.
 */
export function pack(operations: readonly IHttpOperation[]): Parcel[] {
  return operations.map((operation) => {
    const serializer = new Serializer();
    serializer.writeHeader();
    serializer.writeValue(operation);
    return new Uint8Array(serializer.releaseBuffer());
  });
}

/** Unpacks in slices of a few milliseconds, between which requests are answered. */
export async function unpack(parcels: readonly Parcel[], nowMs: () => number): Promise<IHttpOperation[]> {
  const operations: IHttpOperation[] = [];
  let startedMs = nowMs();
  for (const parcel of parcels) {
    operations.push(deserialize(parcel) as IHttpOperation);
    if (nowMs() - startedMs < SLICE_MS) continue;
    await nextTurn();
    startedMs = nowMs();
  }
  return operations;
}
