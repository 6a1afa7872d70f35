import type { Configuration, Mock } from '../../src/configuration.ts';
import { Dashboards } from '../../src/dashboard/dashboards.ts';
import { createEventStream } from '../../src/events.ts';
import { createGateway, type GatewayOptions } from '../../src/gateway/gateway.ts';
import { Issuer, type IssuerOptions } from '../../src/gateway/issuer.ts';
import { createHealth } from '../../src/health.ts';
import { createRequestHandler, type HostOptions } from '../../src/host.ts';
import type { JournalEntry } from '../../src/journal.ts';
import { createRequestIds } from '../../src/request_ids.ts';
import { loadHere } from '../../src/reload/load.ts';
import { listen } from '../../src/server.ts';
import { Serving } from '../../src/serving.ts';
import { sendsCallbacks, startMocks, upstreamOptions } from '../../src/start_mocks.ts';
import type { Cleanup } from './folder.ts';
import { keepersOf } from './keepers.ts';

export interface TestHost {
  readonly url: string;
  readonly journal: JournalEntry[];
  readonly validatorFailures: string[];
  readonly issuerFailures: string[];
  readonly faults: unknown[];
  readonly dashboards: Dashboards;
}

export interface TestHostOptions {
  readonly mocks: readonly Mock[];
  readonly tokenHeader?: string | null;
  readonly requiresRoute?: boolean;
  readonly isDraining?: () => boolean;
  /** Present: the host plays API Gateway. */
  readonly gateway?: Pick<GatewayOptions, 'validator'> & Partial<GatewayOptions>;
  /** Present: the host passes requests for tokens on. */
  readonly issuer?: Pick<IssuerOptions, 'invoke'>;
}

/** The whole host within the test's process, on a free port. */
export async function startHost(
  context: Cleanup,
  { mocks, tokenHeader = 'authorization', requiresRoute = false, isDraining = () => false, gateway, issuer }: TestHostOptions,
): Promise<TestHost> {
  const journal: JournalEntry[] = [];
  const validatorFailures: string[] = [];
  const issuerFailures: string[] = [];
  const faults: unknown[] = [];
  const events = createEventStream(() => undefined);
  const nowMs = (): number => performance.now();
  const role = gateway && { validatorSocket: 'unused', issuerSocket: null, cacheSeconds: gateway.cacheSeconds ?? 300 };
  const configuration: Configuration = { environment: 'pr-7', tokenHeader, mocks, requiresRoute, gateway: role ?? null };
  const keepers = keepersOf(context, events);
  const assembly = {
    load: loadHere,
    keepers,
    upstream: upstreamOptions(configuration),
    sendsCallbacks: sendsCallbacks(configuration),
    nowMs,
  };
  const serving = new Serving(await startMocks(configuration, assembly, events), keepers.follow);
  const dashboards = new Dashboards(() => serving.mocks);
  const options: HostOptions = {
    serving,
    tokenHeader,
    requiresRoute,
    gateway: gateway
      ? createGateway({
          routes: serving.routes,
          tokenHeader,
          cacheSeconds: 300,
          onValidatorFailure: (reason) => validatorFailures.push(reason),
          nowMs,
          ...gateway,
        })
      : null,
    dashboards: role ? dashboards : null,
    issuer: issuer ? new Issuer({ onFailure: (reason) => issuerFailures.push(reason), ...issuer }) : null,
    health: createHealth({ environment: 'pr-7', mocks: () => serving.mocks, standing: () => ({}), isDraining, nowMs }),
    isDraining,
    journal: (entry) => journal.push(entry),
    onFault: (error) => faults.push(error),
    requestId: createRequestIds(),
    nowMs,
  };
  const { server, url } = await listen(createRequestHandler(options), { host: '127.0.0.1', port: 0, keepAliveSeconds: 65 }, role !== undefined, role && dashboards);
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url, journal, validatorFailures, issuerFailures, faults, dashboards };
}
