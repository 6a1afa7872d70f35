import { BoundedMap } from '../bounded_map.ts';

/** Remembers, within a bound, for a while what was answered about a token on a route. */
export interface AnswerCache {
  get(routeKey: string, token: string): boolean | undefined;
  set(routeKey: string, token: string, allowed: boolean): void;
}

interface Entry {
  readonly token: string;
  readonly allowed: boolean;
  readonly expiresMs: number;
}

const ENTRIES_PER_GENERATION = 2048;

/**
 * Keeps allowed and denied answers alike, as API Gateway does. Tokens stay in this process's memory
 * and are never logged (digesting them would cost more than the look-up).
 */
export function createAnswerCache(seconds: number, nowMs: () => number): AnswerCache {
  const entries = new BoundedMap<Entry>(ENTRIES_PER_GENERATION);
  // Most requests of a route come with the token of the one before; to compare it is cheaper than
  // to look it up. There are as many routes as the settings have.
  const latest = new Map<string, Entry>();
  return {
    get(routeKey, token) {
      const last = latest.get(routeKey);
      const entry = last?.token === token ? last : entries.get(keyOf(routeKey, token));
      if (entry === undefined || entry.expiresMs <= nowMs()) return undefined;
      if (entry !== last) latest.set(routeKey, entry);
      return entry.allowed;
    },
    set(routeKey, token, allowed) {
      if (seconds === 0) return;
      const entry = { token, allowed, expiresMs: nowMs() + seconds * 1000 };
      entries.set(keyOf(routeKey, token), entry);
      latest.set(routeKey, entry);
    },
  };
}

/** The exact values of API Gateway's identity sources; no route key holds a line end. */
export function keyOf(routeKey: string, token: string): string {
  return `${routeKey}\n${token}`;
}
