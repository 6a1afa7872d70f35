/** Remembers answers for a while, within a bound. */
export interface AnswerCache {
  get(key: string): boolean | undefined;
  set(key: string, allowed: boolean): void;
}

interface Entry {
  readonly allowed: boolean;
  readonly expiresMs: number;
}

const ENTRIES_PER_GENERATION = 2048;

/**
 * Keeps allowed and denied answers alike, as API Gateway does. Two generations of 2,048: when the
 * young one is full it becomes the old one and the old one is forgotten, so memory stays bounded
 * whatever callers send, and what is in use is carried over. Keys hold tokens: they stay in this
 * process's memory and are never logged (digesting them would cost more than the look-up).
 */
export function createAnswerCache(seconds: number, nowMs: () => number): AnswerCache {
  let young = new Map<string, Entry>();
  let old = new Map<string, Entry>();
  const put = (key: string, entry: Entry): void => {
    if (young.size >= ENTRIES_PER_GENERATION && !young.has(key)) {
      old = young;
      young = new Map();
    }
    young.set(key, entry);
  };
  return {
    get(key) {
      const fresh = young.get(key);
      const entry = fresh ?? old.get(key);
      if (entry === undefined || entry.expiresMs <= nowMs()) return undefined;
      if (fresh === undefined) put(key, entry);
      return entry.allowed;
    },
    set(key, allowed) {
      if (seconds > 0) put(key, { allowed, expiresMs: nowMs() + seconds * 1000 });
    },
  };
}
