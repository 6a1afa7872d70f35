import { digestOf } from '../prism/source_files.ts';
import type { Expectation } from './read.ts';

/** The expectations that a MockServer is to have. */
export interface Generation {
  /** Of their content: the same expectations are the same generation. */
  readonly digest: string;
  /** In the order in which MockServer tries them. */
  readonly expectations: readonly Expectation[];
}

/** An expectation's place, as its id at MockServer says it. */
export interface Place {
  readonly digest: string;
  readonly band: number;
  /** In the order of the generation; one past the last is the marker. */
  readonly index: number;
}

const DIGEST_LENGTH = 16;
/** Priorities from one band to the next; more than a file may have expectations. */
const BAND_HEIGHT = 10_000;
const ID = /^mockenv\.([0-9a-f]{16})\.(-?\d{1,5})\.(\d{5})$/;

/** MockServer's order: the higher priority first, else as they stand in the file. */
export function generationOf(expectations: readonly Expectation[]): Generation {
  const ordered = expectations.toSorted((one, other) => priorityOf(other) - priorityOf(one));
  const digest = digestOf(JSON.stringify(expectations)).slice(0, DIGEST_LENGTH);
  return { digest, expectations: ordered };
}

/**
 * The expectations with ids and priorities of ours, in place of those they have: each a priority of
 * its own, so that their order depends on nothing else. The last is a marker, which no caller's
 * request can match: once it is there, all are.
 */
export function placed({ digest, expectations }: Generation, band: number): Expectation[] {
  return [...expectations, MARKER].map((expectation, index) => ({
    ...expectation,
    id: idOf({ digest, band, index }),
    priority: band * BAND_HEIGHT - index,
  }));
}

export function markerOf({ digest, expectations }: Generation, band: number): string {
  return idOf({ digest, band, index: expectations.length });
}

/** Undefined for an id that isn't ours. */
export function placeIn(id: string): Place | undefined {
  const [, digest, band, index] = ID.exec(id) ?? [];
  return digest === undefined ? undefined : { digest, band: Number(band), index: Number(index) };
}

export function idOf({ digest, band, index }: Place): string {
  return `mockenv.${digest}.${band}.${String(index).padStart(5, '0')}`;
}

/** Paths below /mockserver are refused to callers (upstream/control_plane.ts). */
const MARKER: Expectation = {
  httpRequest: { method: 'MOCKENV', path: '/mockserver/mockenv-marker' },
  httpResponse: { statusCode: 204 },
};

/** The exact text of a number is an object here (read.ts). */
function priorityOf({ priority }: Expectation): number {
  return priority === undefined ? 0 : Number(JSON.stringify(priority));
}
