import { fileURLToPath } from 'node:url';
import { Client, type Seen } from './client.ts';
import type { Call } from './draft.ts';
import { NodeProcess, freePort } from './processes.ts';
import { CLI_TIMEOUT_MS, type Subject } from './subject.ts';

const PRISM_CLI = fileURLToPath(import.meta.resolve('@stoplight/prism-cli/dist/index.js'));

/** What Node prints, with this flag, where it would have ended the process. */
const DEATH = 'UnhandledPromiseRejectionWarning: ';
const STAY_ALIVE = '--unhandled-rejections=warn';

/** An answer that is on its way when its process would have died was given. */
const GRACE_MS = 50;

/**
 * The real Prism CLI, mocking `document`. It ends on each error that its HTTP layer doesn't catch;
 * here Node only warns of them, which makes them a silence with a reason instead of a restart.
 */
export class PrismCli implements Subject {
  readonly #document: string;
  #process: NodeProcess | undefined;
  #client: Client | undefined;
  #dying = new AbortController();

  private constructor(document: string) {
    this.#document = document;
  }

  static async start(document: string): Promise<PrismCli> {
    const cli = new PrismCli(document);
    await cli.#start();
    return cli;
  }

  async ask(call: Call): Promise<Seen> {
    if (!this.#client) await this.#start();
    this.#dying = new AbortController();
    const { signal } = this.#dying;
    return (this.#client as Client).ask({ call, basePath: '', timeoutMs: CLI_TIMEOUT_MS, signal });
  }

  stop(): void {
    this.#client?.close();
    this.#client = undefined;
    this.#process?.kill();
  }

  async #start(): Promise<void> {
    const port = await freePort();
    const started = new NodeProcess([STAY_ALIVE, PRISM_CLI, 'mock', this.#document, '--port', String(port)]);
    this.#process = started;
    await started.waitFor('Prism is listening');
    this.#client = new Client(`http://127.0.0.1:${port}`);
    started.onLine((line) => this.#hear(started, line));
  }

  #hear(from: NodeProcess, line: string | null): void {
    if (from !== this.#process) return;
    if (line === null) {
      this.stop();
      this.#dying.abort('the process ended');
    } else if (line.includes(DEATH) && !line.includes('Unhandled promise rejection.')) {
      const dying = this.#dying;
      setTimeout(() => dying.abort(line.slice(line.indexOf(DEATH) + DEATH.length)), GRACE_MS);
    }
  }
}
