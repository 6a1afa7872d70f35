import { Serializer, deserialize } from 'node:v8';
import type { IHttpOperation } from '@stoplight/types';
import { headersReadFor, once, summaryOf, type OperationEntry, type Operations } from '../prism/operations.ts';

/** An operation on its way between threads, with what is said of it before it is unpacked. */
export type Parcel = Omit<OperationEntry, 'operation'> & { readonly bytes: Uint8Array<ArrayBuffer> };

/** A document on its way between threads. */
export interface Packed {
  readonly parcels: readonly Parcel[];
  readonly headersRead: readonly string[];
}

/**
 * Each operation by itself. What two of them share is doubled; that is next to nothing, because
 * http-spec gives each a copy of its own.
 */
export function pack(operations: readonly IHttpOperation[]): Packed {
  const parcels = operations.map((operation) => ({ ...summaryOf(operation), bytes: serialize(operation) }));
  return { parcels, headersRead: headersReadFor(operations) };
}

/**
 * Operations that stay packed until a request comes for them: of a large document few ever are,
 * and packed they take a tenth of the memory and no time (GitHub's description as a whole: 18 of
 * 180 MB, 110 ms).
 */
export function unpack({ parcels, headersRead }: Packed): Operations {
  return { entries: parcels.map(toEntry), headersRead };
}

function toEntry({ bytes, ...summary }: Parcel): OperationEntry {
  return { ...summary, operation: once(() => deserialize(bytes) as IHttpOperation) };
}

function serialize(operation: IHttpOperation): Uint8Array<ArrayBuffer> {
  const serializer = new Serializer();
  serializer.writeHeader();
  serializer.writeValue(operation);
  return new Uint8Array(serializer.releaseBuffer());
}
