import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';

const SHOWN_LINES = 20;

/** A Node process whose output is read line by line. */
export class NodeProcess {
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];
  readonly #listeners = new Set<(line: string | null) => void>();

  constructor(args: readonly string[]) {
    this.#child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      createInterface({ input: stream as NodeJS.ReadableStream }).on('line', (line) => this.#tell(line));
    this.#child.on('close', () => this.#tell(null));
    process.once('exit', this.#kill);
  }

  /** Calls `listener` with each further line of either stream, and with null at the end. */
  onLine(listener: (line: string | null) => void): void {
    this.#listeners.add(listener);
  }

  /** The first line from now on that holds `text`. Rejects if the process ends without it. */
  waitFor(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const listener = (line: string | null): void => {
        if (line !== null && !line.includes(text)) return;
        this.#listeners.delete(listener);
        if (line === null) reject(new Error(`the process ended:\n${this.#lines.join('\n')}`));
        else resolve(line);
      };
      this.#listeners.add(listener);
    });
  }

  /** Asks nobody: what runs here has nothing to lose. Done by itself when this process exits. */
  kill(): void {
    process.off('exit', this.#kill);
    this.#kill();
  }

  readonly #kill = (): void => {
    this.#child.kill('SIGKILL');
  };

  #tell(line: string | null): void {
    if (line !== null) this.#lines.push(line);
    if (this.#lines.length > SHOWN_LINES) this.#lines.shift();
    for (const listener of this.#listeners) listener(line);
  }
}

/** A port of the loopback interface that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const { port } = server.address() as AddressInfo;
        server.close(() => resolve(port));
      });
  });
}
