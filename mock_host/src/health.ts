import { connect } from 'node:net';
import type { Mock } from './configuration.ts';
import { codeOf } from './errors.ts';

export interface MockHealth {
  readonly name: string;
  readonly path: string;
  readonly engine: Mock['engine'];
  readonly state: 'serving' | 'failed';
  /** Only with `failed`. */
  readonly reason?: string;
}

export interface HealthReport {
  readonly status: 'healthy' | 'unhealthy' | 'draining';
  readonly environment: string;
  readonly mocks: readonly MockHealth[];
}

/** Says why a mock can't serve; undefined: it serves. */
export type Probe = () => Promise<string | undefined>;

export interface HealthOptions {
  readonly environment: string;
  readonly mocks: readonly { readonly mock: Mock; readonly probe: Probe }[];
  readonly isDraining: () => boolean;
  readonly nowMs: () => number;
}

/** Load balancers of several zones ask often; the mocks are looked at once a second. */
const KEEP_MS = 1_000;
const CONNECT_WITHIN_MS = 1_000;

/** Healthy when every mock serves and the host is not on its way down. */
export function createHealth(options: HealthOptions): () => Promise<HealthReport> {
  const { environment, isDraining, nowMs } = options;
  let lookedMs = Number.NEGATIVE_INFINITY;
  let looked: Promise<readonly MockHealth[]> = Promise.resolve([]);
  return async () => {
    if (nowMs() - lookedMs >= KEEP_MS) {
      lookedMs = nowMs();
      looked = Promise.all(options.mocks.map(({ mock, probe }) => examine(mock, probe)));
    }
    const mocks = await looked;
    const whole = mocks.every(({ state }) => state === 'serving');
    return { status: isDraining() ? 'draining' : whole ? 'healthy' : 'unhealthy', environment, mocks };
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

async function examine({ name, path, engine }: Mock, probe: Probe): Promise<MockHealth> {
  const reason = await probe();
  return reason === undefined
    ? { name, path, engine, state: 'serving' }
    : { name, path, engine, state: 'failed', reason };
}
