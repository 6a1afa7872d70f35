/** Callers choose the keys: what is kept for them is bounded. */
const MAX_ENTRIES = 1000;

/** The newest entries of a map without end. */
export class Remembered<V> {
  readonly #entries = new Map<string, V>();
  readonly #maxEntries: number;

  constructor(maxEntries = MAX_ENTRIES) {
    this.#maxEntries = maxEntries;
  }

  get(key: string): V | undefined {
    return this.#entries.get(key);
  }

  /** Forgets the oldest entry for it, if there are too many. */
  set(key: string, value: V): void {
    if (this.#entries.size >= this.#maxEntries) this.#forgetOldest();
    this.#entries.set(key, value);
  }

  #forgetOldest(): void {
    const oldest = this.#entries.keys().next();
    if (!oldest.done) this.#entries.delete(oldest.value);
  }
}
