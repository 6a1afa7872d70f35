import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Cleanup } from './folder.ts';

export type Event = Record<string, unknown> & { readonly event: string };

/** A process under test; what it writes to stdout is kept. It is killed when the test ends. */
export class Child {
  readonly process: ChildProcess;
  readonly lines: string[] = [];
  readonly errors: string[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(context: Cleanup, args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    this.process = spawn(process.execPath, args, { stdio: 'pipe', env: { ...process.env, ...environment } });
    createInterface({ input: this.process.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      this.lines.push(line);
      for (const look of this.#waiting) look();
    });
    this.process.stderr?.on('data', (chunk: Buffer) => this.errors.push(chunk.toString()));
    this.process.on('close', () => {
      for (const look of this.#waiting) look();
    });
    context.after(() => this.process.kill('SIGKILL'));
  }

  /** The first line that holds `text`, now or later. Rejects if the process ends without it. */
  line(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = this.lines.find((line) => line.includes(text));
        if (found !== undefined) settle(() => resolve(found));
        else if (this.#hasEnded()) settle(() => reject(new Error(`ended without '${text}': ${this.#said()}`)));
      };
      const settle = (how: () => void): void => {
        this.#waiting.delete(look);
        how();
      };
      this.#waiting.add(look);
      look();
    });
  }

  async event(name: string): Promise<Event> {
    return JSON.parse(await this.line(`{"event":"${name}"`)) as Event;
  }

  /** All events of this name so far. */
  events(name: string): Event[] {
    return this.lines.filter((line) => line.startsWith(`{"event":"${name}"`)).map((line) => JSON.parse(line) as Event);
  }

  /** Exit status; null if a signal ended it. */
  async exit(): Promise<number | null> {
    if (!this.#hasEnded()) await once(this.process, 'close');
    return this.process.exitCode;
  }

  #hasEnded(): boolean {
    const { exitCode, signalCode, stdout } = this.process;
    return (exitCode !== null || signalCode !== null) && stdout?.readableEnded === true;
  }

  #said(): string {
    return [...this.lines, ...this.errors].join('\n');
  }
}
