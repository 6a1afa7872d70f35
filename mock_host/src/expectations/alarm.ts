/** Waits that end early when it rings. */
export class Alarm {
  #hasRung = false;
  #wake: () => void = () => undefined;

  readonly ring = (): void => {
    this.#hasRung = true;
    this.#wake();
  };

  /** Forgets what rang until now. */
  rewind(): void {
    this.#hasRung = false;
  }

  /** Resolves after so long, or when it rings; at once where it has rung. */
  async wait(ms: number): Promise<void> {
    if (!this.#hasRung) await this.pause(ms);
  }

  /** Resolves after so long, or when it rings from now on. */
  pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms).unref();
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
