/** How long a mock takes by default, in milliseconds; for each request anew. */
export type Latency =
  | { readonly kind: 'fixed'; readonly ms: number }
  /** Evenly between the two. */
  | { readonly kind: 'range'; readonly minMs: number; readonly maxMs: number }
  | { readonly kind: 'percentiles'; readonly p50Ms: number; readonly p90Ms: number; readonly p99Ms: number };

/** A share of a mock's requests that fail by default. */
export interface ErrorShare {
  /** From 0 (none) to 1 (all). */
  readonly share: number;
  readonly status: number;
}

/** What goes wrong with a mock when a caller asks for nothing else. */
export interface FaultSettings {
  readonly latency: Latency | null;
  readonly errors: ErrorShare | null;
}

/** Delays stay below this: an API Gateway integration ends after 30 s, and the engine needs its time too. */
export const DELAY_LIMIT_MS = 25_000;
export const LEAST_STATUS = 400;
export const MOST_STATUS = 599;

/** Says what is wrong, as the rest of a sentence that begins with the place. */
type Refuse = (where: string, what: string) => never;
type Json = Readonly<Record<string, unknown>>;

/** Reads `latency` and `errors` of a mock in environment.json; undefined where there is neither. */
export function readFaultSettings(mock: Json, where: string, refuse: Refuse): FaultSettings | undefined {
  const { latency, errors } = mock as { latency?: unknown; errors?: unknown };
  if (latency === undefined && errors === undefined) return undefined;
  return {
    latency: latency === undefined ? null : readLatency(latency as Json, `${where}.latency`, refuse),
    errors: errors === undefined ? null : readErrors(errors as Json, `${where}.errors`, refuse),
  };
}

function readLatency(json: Json, where: string, refuse: Refuse): Latency {
  const keys = keysOf(json);
  const ms = (key: string): number => milliseconds(json[key], `${where}.${key}`, refuse);
  switch (keys) {
    case 'fixed_ms':
      return { kind: 'fixed', ms: ms('fixed_ms') };
    case 'max_ms min_ms':
      return rising({ kind: 'range', minMs: ms('min_ms'), maxMs: ms('max_ms') }, where, refuse);
    case 'p50_ms p90_ms p99_ms':
      return rising({ kind: 'percentiles', p50Ms: ms('p50_ms'), p90Ms: ms('p90_ms'), p99Ms: ms('p99_ms') }, where, refuse);
    default:
      return refuse(where, 'must have either fixed_ms, or min_ms and max_ms, or p50_ms, p90_ms and p99_ms');
  }
}

function readErrors(json: Json, where: string, refuse: Refuse): ErrorShare {
  if (keysOf(json) !== 'share status') refuse(where, 'must have share and status');
  const { share, status } = json as { share: unknown; status: unknown };
  if (typeof share !== 'number' || !(share >= 0 && share <= 1)) refuse(`${where}.share`, 'must be a number from 0 to 1');
  if (!isErrorStatus(status)) refuse(`${where}.status`, `must be a whole number from ${LEAST_STATUS} to ${MOST_STATUS}`);
  return { share: share as number, status: status as number };
}

export function isErrorStatus(status: unknown): boolean {
  return Number.isInteger(status) && (status as number) >= LEAST_STATUS && (status as number) <= MOST_STATUS;
}

function keysOf(json: unknown): string {
  return typeof json === 'object' && json !== null ? Object.keys(json).toSorted().join(' ') : '';
}

function milliseconds(json: unknown, where: string, refuse: Refuse): number {
  if (typeof json === 'number' && json >= 0 && json < DELAY_LIMIT_MS) return json;
  return refuse(where, `must be a number of milliseconds from 0 to less than ${DELAY_LIMIT_MS}`);
}

function rising(latency: Latency, where: string, refuse: Refuse): Latency {
  const times = Object.values(latency).filter((value) => typeof value === 'number');
  if (times.some((time, index) => time < (times[index - 1] ?? 0))) refuse(where, 'must rise from each value to the next');
  return latency;
}
