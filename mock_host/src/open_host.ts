import type { Arguments } from './arguments.ts';
import type { Configuration } from './configuration.ts';
import { Dashboards } from './dashboard/dashboards.ts';
import type { EventStream } from './events.ts';
import { createGateway, type Gateway } from './gateway/gateway.ts';
import { createInvokeClient } from './gateway/invoke_client.ts';
import { Issuer } from './gateway/issuer.ts';
import { AUTHORIZER_LIMIT_MS } from './gateway/limits.ts';
import { createValidatorClient } from './gateway/validator_client.ts';
import { createHealth, type HealthOptions } from './health.ts';
import { createRequestHandler, type HostOptions } from './host.ts';
import { createJournal } from './journal.ts';
import type { MountedMock } from './mounted_mock.ts';
import { createRequestIds } from './request_ids.ts';
import { listen, type Listening } from './server.ts';
import type { Serving } from './serving.ts';

export interface OpenHostOptions extends Pick<HostOptions, 'isDraining' | 'onFault' | 'nowMs'> {
  readonly args: Pick<Arguments, 'host' | 'port' | 'keepAliveSeconds'>;
  readonly configuration: Configuration;
  readonly serving: Serving<MountedMock>;
  readonly standing: HealthOptions['standing'];
  readonly events: EventStream;
}

export interface OpenHost extends Listening {
  /** Ends what would not end by itself. */
  readonly close: () => void;
}

/** Puts the host together and opens its port. @throws StartError */
export async function openHost(options: OpenHostOptions): Promise<OpenHost> {
  const { args, configuration, serving, standing, isDraining, events, onFault, nowMs } = options;
  const { environment, tokenHeader, requiresRoute } = configuration;
  const gateway = createGatewayRole(options);
  const issuer = createIssuer(options);
  const health = createHealth({ environment, mocks: () => serving.mocks, standing, isDraining, nowMs });
  const journal = createJournal(events);
  const requestId = createRequestIds();
  const dashboards = gateway && new Dashboards(() => serving.mocks);
  const parts = { serving, tokenHeader, gateway, requiresRoute, dashboards, issuer, health, isDraining, journal, onFault, requestId, nowMs };
  const listening = await listen(createRequestHandler(parts), args, gateway !== null, dashboards ?? undefined);
  return { ...listening, close: () => dashboards?.close() };
}

function createGatewayRole({ configuration, serving, events, nowMs }: OpenHostOptions): Gateway | null {
  const { gateway, tokenHeader } = configuration;
  if (!gateway) return null;
  const { validatorSocket: socketPath, cacheSeconds } = gateway;
  const validator = socketPath === null ? null : createValidatorClient({ socketPath, timeoutMs: AUTHORIZER_LIMIT_MS });
  const onValidatorFailure = (reason: string): void =>
    events.emit({ event: 'validator_failed', reason: `the token validator ${reason}` });
  return createGateway({ routes: serving.routes, tokenHeader, cacheSeconds, validator, onValidatorFailure, nowMs });
}

function createIssuer({ configuration, events }: OpenHostOptions): Issuer | null {
  const socketPath = configuration.gateway?.issuerSocket ?? null;
  if (socketPath === null) return null;
  const onFailure = (reason: string): void => events.emit({ event: 'issuer_failed', reason: `the token issuer ${reason}` });
  return new Issuer({ invoke: createInvokeClient({ socketPath, timeoutMs: AUTHORIZER_LIMIT_MS }), onFailure });
}
