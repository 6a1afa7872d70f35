import { Agent, get } from 'node:http';
import type { Cleanup } from './folder.ts';

export interface LoadReport {
  readonly requests: number;
  /** What went wrong, one text for each request that failed. */
  readonly failures: readonly string[];
  readonly slowestMs: number;
}

const CONNECTIONS = 8;

/** Bounded load on one host: GETs in turn over a few kept connections, until it is stopped. */
export class Load {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  readonly #failures: string[] = [];
  readonly #callers: Promise<void>[];
  #requests = 0;
  #slowestMs = 0;
  #stopped = false;

  /** `right` says whether an answer is one that may come. */
  constructor(context: Cleanup, urls: readonly string[], right: (status: number, text: string) => boolean) {
    context.after(() => this.stop());
    this.#callers = Array.from({ length: CONNECTIONS }, (_, index) => this.#callForEver(urls, right, index));
  }

  get requests(): number {
    return this.#requests;
  }

  async stop(): Promise<LoadReport> {
    this.#stopped = true;
    await Promise.all(this.#callers);
    this.#agent.destroy();
    return { requests: this.#requests, failures: this.#failures, slowestMs: this.#slowestMs };
  }

  async #callForEver(urls: readonly string[], right: (status: number, text: string) => boolean, first: number): Promise<void> {
    for (let index = first; !this.#stopped; index += 1) {
      const url = urls[index % urls.length] as string;
      const startedMs = performance.now();
      const failure = await this.#call(url, right);
      this.#requests += 1;
      this.#slowestMs = Math.max(this.#slowestMs, performance.now() - startedMs);
      if (failure !== undefined) this.#failures.push(`${url}: ${failure}`);
    }
  }

  #call(url: string, right: (status: number, text: string) => boolean): Promise<string | undefined> {
    return new Promise((resolve) => {
      const outgoing = get(url, { agent: this.#agent }, (incoming) => {
        let text = '';
        incoming.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        incoming.on('error', (error) => resolve(error.message));
        incoming.on('end', () => {
          const status = incoming.statusCode ?? 0;
          resolve(right(status, text) ? undefined : `${status} ${text.slice(0, 200)}`);
        });
      });
      outgoing.on('error', (error) => resolve(error.message));
    });
  }
}
