/** How long to wait before the bucket is looked at again, in milliseconds. */
export interface PollTimes {
  /** After a look that went well. */
  readonly next: () => number;
  /** After so many (1 or more) in a row that failed. */
  readonly retry: (failures: number) => number;
}

/** Tasks that were started together must not ask together for ever. */
const SHORTEST_SHARE = 2 / 3;
const MOST_DOUBLINGS = 3;

/** `longestMs` is the longest wait while all is well; `random` gives numbers from 0 up to 1. */
export function createPollTimes(longestMs: number, random: () => number): PollTimes {
  const next = (): number => longestMs * (SHORTEST_SHARE + random() * (1 - SHORTEST_SHARE));
  return { next, retry: (failures) => next() * 2 ** Math.min(MOST_DOUBLINGS, failures - 1) };
}
