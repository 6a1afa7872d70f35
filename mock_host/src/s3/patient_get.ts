import type { HttpAnswer, HttpGet } from './http_get.ts';

export interface Patience {
  /** 1 or more. */
  readonly attempts: number;
  readonly wait: (ms: number) => Promise<unknown>;
  /** Gives numbers from 0 up to 1. */
  readonly random: () => number;
}

/** What the AWS SDKs ask again after (AWS SDKs and Tools reference guide, "Retry behavior"). */
const PASSING = [429, 500, 502, 503, 504];
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 20_000;

/**
 * GETs again after a passing trouble: throttling, an error on the server's side, no whole answer.
 * The last attempt's answer or error is the caller's. Waits at random, so that tasks that were
 * started together do not ask together again.
 */
export function createPatientGet(get: HttpGet, patience: Patience): HttpGet {
  return async (url, headers, file) => {
    for (let attempt = 1; attempt < patience.attempts; attempt += 1) {
      const answer = await get(url, headers, file).catch(() => undefined);
      if (answer && !isPassing(answer)) return answer;
      await patience.wait(waitMs(attempt, patience.random));
    }
    return get(url, headers, file);
  };
}

function isPassing({ status }: HttpAnswer): boolean {
  return PASSING.includes(status);
}

function waitMs(attempt: number, random: () => number): number {
  return random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1));
}
