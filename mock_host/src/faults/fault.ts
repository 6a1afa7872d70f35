import type { IncomingMessage } from 'node:http';
import { isPreflight } from '../prism/cross_origin.ts';
import { createDelay, type Random } from './delay.ts';
import { DELAY_LIMIT_MS, LEAST_STATUS, MOST_STATUS, isErrorStatus, type FaultSettings } from './settings.ts';

/** What goes wrong with one request. */
export interface Fault {
  /** Before anything else happens; 0: nothing to wait for. */
  readonly delayMs: number;
  /** The status to fail with; null: the mock answers. */
  readonly status: number | null;
  /** Whether it was the caller who asked for the status. */
  readonly isAskedFor: boolean;
}

/** By these a caller asks for faults of its own request; the mock never sees them. */
export const DELAY_HEADER = 'x-mock-delay-ms';
export const STATUS_HEADER = 'x-mock-status';

/** A caller asked for a fault that can't be had; the message says what can. */
export class FaultHeaderError extends Error {
  override readonly name = 'FaultHeaderError';
}

/** What a mock's settings let go wrong, drawn anew for each request. */
export interface FaultSource {
  readonly delayMs: () => number;
  readonly status: () => number | null;
}

export function createFaultSource({ latency, errors }: FaultSettings, random: Random): FaultSource {
  return {
    delayMs: latency ? createDelay(latency, random) : () => 0,
    status: () => (errors && random() < errors.share ? errors.status : null),
  };
}

/**
 * The fault of a request, null if there is none. What a caller asks for replaces what the mock's
 * settings say, each by itself: `x-mock-delay-ms: 0` is a request without the mock's latency. A
 * browser's preflight has none: it is not the request that is to be tried. @throws FaultHeaderError
 */
export function faultOf(request: IncomingMessage, source: FaultSource | null): Fault | null {
  const { headers } = request;
  const wishes = DELAY_HEADER in headers || STATUS_HEADER in headers;
  if ((!wishes && source === null) || isPreflight(request)) return null;
  const wantedMs = wantedDelay(headers[DELAY_HEADER]);
  const wanted = wantedStatus(headers[STATUS_HEADER]);
  const delayMs = wantedMs ?? source?.delayMs() ?? 0;
  const status = wanted ?? source?.status() ?? null;
  return delayMs === 0 && status === null ? null : { delayMs, status, isAskedFor: wanted !== undefined };
}

function wantedDelay(text: string | string[] | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = Number(text);
  if (/^\d{1,5}$/.test(String(text)) && ms < DELAY_LIMIT_MS) return ms;
  throw new FaultHeaderError(`${DELAY_HEADER} must be a whole number of milliseconds from 0 to ${DELAY_LIMIT_MS - 1}, not '${text}'.`);
}

function wantedStatus(text: string | string[] | undefined): number | undefined {
  if (text === undefined) return undefined;
  const status = Number(text);
  if (/^\d{3}$/.test(String(text)) && isErrorStatus(status)) return status;
  throw new FaultHeaderError(`${STATUS_HEADER} must be a status from ${LEAST_STATUS} to ${MOST_STATUS}, not '${text}'.`);
}
