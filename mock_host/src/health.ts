import { connect } from 'node:net';
import type { Mock } from './configuration.ts';
import { codeOf } from './errors.ts';
import type { Failure } from './reload/load.ts';

export interface MockHealth {
  readonly name: string;
  readonly path: string;
  readonly engine: Mock['engine'];
  readonly state: 'serving' | 'failed';
  /** Only with `failed`. */
  readonly reason?: string;
  /** Why its newest document is not the one that is served. */
  readonly last_error?: Failure;
}

export interface HealthReport {
  readonly status: 'healthy' | 'unhealthy' | 'draining';
  readonly environment: string;
  /** Of the sources that are served, where they have one. */
  readonly version?: string;
  /** The ECS task the host runs in. */
  readonly task?: string;
  /** Why the newest configuration is not the one that is served; with the version that it is. */
  readonly last_error?: Failure & { readonly version?: string };
  readonly mocks: readonly MockHealth[];
}

/** What health tells besides the mocks. */
export type Standing = Pick<HealthReport, 'version' | 'task' | 'last_error'>;

/** A mock as health looks at it. */
export interface ExaminedMock {
  readonly mock: Mock;
  readonly engine: { readonly failure: Failure | null };
  readonly probe: Probe;
}

/** Says why a mock can't serve; undefined: it serves. */
export type Probe = () => Promise<string | undefined>;

export interface HealthOptions {
  readonly environment: string;
  /** The mocks that are served at the time. */
  readonly mocks: () => readonly ExaminedMock[];
  readonly standing: () => Standing;
  readonly isDraining: () => boolean;
  readonly nowMs: () => number;
}

/** Load balancers of several zones ask often; the mocks are looked at once a second. */
const KEEP_MS = 1_000;
/** Who starts the host waits for the last mock to come. */
const KEEP_TROUBLE_MS = 100;
const CONNECT_WITHIN_MS = 1_000;

/** Healthy when every mock serves and the host is not on its way down. */
export function createHealth({ environment, mocks, standing, isDraining, nowMs }: HealthOptions): () => Promise<HealthReport> {
  const examined = createExamination(mocks, nowMs);
  return async () => {
    const found = await examined();
    const whole = found.every(({ state }) => state === 'serving');
    const status = isDraining() ? 'draining' : whole ? 'healthy' : 'unhealthy';
    return { status, environment, ...standing(), mocks: found };
  };
}

/** Looks once a second, sooner again where something was wrong, and at once at mocks it has not seen. */
function createExamination(mocks: HealthOptions['mocks'], nowMs: () => number): () => Promise<readonly MockHealth[]> {
  let lookedMs = Number.NEGATIVE_INFINITY;
  let keepMs = KEEP_MS;
  let seen: readonly ExaminedMock[] = [];
  let found: Promise<readonly MockHealth[]> = Promise.resolve([]);
  return () => {
    if (mocks() !== seen || nowMs() - lookedMs >= keepMs) {
      lookedMs = nowMs();
      seen = mocks();
      found = Promise.all(seen.map(examine)).then((all) => {
        keepMs = all.every(({ state }) => state === 'serving') ? KEEP_MS : KEEP_TROUBLE_MS;
        return all;
      });
    }
    return found;
  };
}

/** A mock whose document is loaded serves for as long as the process lives. */
export const alwaysServing: Probe = () => Promise.resolve(undefined);

/** A mock behind an upstream serves when a TCP connection to it opens. */
export function reachable({ hostname, port, host }: URL): Probe {
  const address = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 80) };
  return () =>
    new Promise((resolve) => {
      const socket = connect({ ...address, timeout: CONNECT_WITHIN_MS });
      const settle = (reason?: string): void => {
        socket.destroy();
        resolve(reason);
      };
      socket.on('connect', () => settle());
      socket.on('timeout', () => settle(`${host} did not accept a connection within ${CONNECT_WITHIN_MS} ms`));
      socket.on('error', (error) => settle(`${host} can't be reached (${codeOf(error) ?? error.message})`));
    });
}

async function examine({ mock, engine, probe }: ExaminedMock): Promise<MockHealth> {
  const { name, path } = mock;
  const reason = await probe();
  const told = { name, path, engine: mock.engine };
  if (reason !== undefined) return { ...told, state: 'failed', reason };
  return { ...told, state: 'serving', ...(engine.failure && { last_error: engine.failure }) };
}
