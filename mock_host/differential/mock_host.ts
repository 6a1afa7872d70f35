import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from './client.ts';
import { NodeProcess } from './processes.ts';
import { HOST_TIMEOUT_MS, type Subject } from './subject.ts';

const BUILD_SCRIPT = fileURLToPath(new URL('../build.mjs', import.meta.url));

/** Never aborts: the mock host has no reason to die. */
const ALIVE = new AbortController().signal;

/** Our host from its bundle, one process for all documents. */
export class MockHost {
  readonly #process: NodeProcess;
  readonly #client: Client;
  readonly #documents: readonly string[];

  private constructor(running: NodeProcess, url: string, documents: readonly string[]) {
    this.#process = running;
    this.#client = new Client(url);
    this.#documents = documents;
  }

  /** Mocks each of `documents` (absolute paths) under a base path of its own. */
  static async start(documents: readonly string[]): Promise<MockHost> {
    const folder = mkdtempSync(join(tmpdir(), 'mock-host-differential-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    const bundle = join(folder, 'mock_host.mjs');
    execFileSync(process.execPath, [BUILD_SCRIPT, bundle], { stdio: 'pipe' });
    const config = join(folder, 'environment.json');
    writeFileSync(config, JSON.stringify(environmentOf(documents)));
    const running = new NodeProcess([bundle, '--config', config, '--port', '0']);
    const { url } = JSON.parse(await running.waitFor('{"event":"ready"')) as { url: string };
    return new MockHost(running, url, documents);
  }

  subject(document: string): Subject {
    const basePath = `/${nameOf(this.#documents.indexOf(document))}`;
    return {
      ask: (call) => this.#client.ask({ call, basePath, timeoutMs: HOST_TIMEOUT_MS, signal: ALIVE }),
      stop: () => undefined,
    };
  }

  stop(): void {
    this.#client.close();
    this.#process.kill();
  }
}

function environmentOf(documents: readonly string[]): object {
  const mocks = documents.map((document, index) => {
    const name = nameOf(index);
    return { name, path: `/${name}`, engine: 'prism', document };
  });
  return { environment: 'differential', token_header: null, mocks };
}

function nameOf(index: number): string {
  return `mock-${index}`;
}
