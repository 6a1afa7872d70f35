/**
 * A map within a bound, for keys that callers choose. It has two generations: when the young one
 * is full it becomes the old one and the old one is forgotten; what is asked for is carried over.
 * So it holds at most twice `perGeneration`, and what is in use survives a flood.
 */
export class BoundedMap<V> {
  readonly #perGeneration: number;
  #young = new Map<string, V>();
  #old = new Map<string, V>();

  constructor(perGeneration: number) {
    this.#perGeneration = perGeneration;
  }

  get(key: string): V | undefined {
    const fresh = this.#young.get(key);
    if (fresh !== undefined) return fresh;
    const value = this.#old.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }

  set(key: string, value: V): void {
    if (this.#young.size >= this.#perGeneration && !this.#young.has(key)) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
  }
}
