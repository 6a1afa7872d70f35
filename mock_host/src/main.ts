import { performance } from 'node:perf_hooks';
import { parseArguments, type Arguments } from './arguments.ts';
import { readConfiguration, type Configuration } from './configuration.ts';
import { DrainSwitch, FINISH_MS, RequestsInFlight, drain, type DrainPlan } from './drain.ts';
import { StartError, messageOf } from './errors.ts';
import { createEventStream, type EventStream } from './events.ts';
import { createGateway, type Gateway } from './gateway/gateway.ts';
import { AUTHORIZER_LIMIT_MS } from './gateway/limits.ts';
import { createValidatorClient } from './gateway/validator_client.ts';
import { createHealth } from './health.ts';
import { createRequestHandler } from './host.ts';
import { createJournal } from './journal.ts';
import { createRequestIds } from './request_ids.ts';
import { serveMocks, type ProbedMock } from './served_mocks.ts';
import { listen, type Listening } from './server.ts';

/** With its parent gone nobody waits for what is in flight. */
const FINISH_WITHOUT_PARENT_MS = 2_000;

const nowMs = (): number => performance.now();

async function main(): Promise<void> {
  const events = createEventStream();
  const end = (status: number): never => {
    events.flush();
    process.exit(status);
  };
  const fail = (error: unknown): never => {
    events.emit({ event: 'failed', message: messageOf(error), ...stackOf(error) });
    return end(1);
  };
  process.on('uncaughtException', fail);
  try {
    await start(parseArguments(process.argv.slice(2)), events, end);
  } catch (error) {
    fail(error);
  }
}

async function start(args: Arguments, events: EventStream, end: (status: number) => never): Promise<void> {
  const configuration = readConfiguration(args.config);
  const draining = new DrainSwitch();
  const mocks = await serveMocks(configuration, events);
  const listening = await open(args, configuration, mocks, draining, events);
  const inFlight = new RequestsInFlight(listening.server);
  const stop = (plan: DrainPlan): boolean => {
    if (!draining.turn()) return false;
    events.emit({ event: 'draining', accept_ms: plan.acceptMs });
    void drain(listening.server, inFlight, plan).then(() => end(0));
    return true;
  };
  stopOn(args, stop, end);
  events.emit({
    event: 'ready',
    url: listening.url,
    environment: configuration.environment,
    mocks: mocks.map(({ name, path }) => ({ name, path })),
    gateway: configuration.gateway !== null,
    started_ms: Math.round(nowMs()),
  });
}

function open(
  args: Arguments,
  configuration: Configuration,
  mocks: readonly ProbedMock[],
  { isDraining }: DrainSwitch,
  events: EventStream,
): Promise<Listening> {
  const { environment, tokenHeader } = configuration;
  const gateway = createGatewayRole(configuration, events);
  const health = createHealth({ environment, mocks, isDraining, nowMs });
  const journal = createJournal(events);
  const requestId = createRequestIds();
  const onFault = (error: unknown): void =>
    events.emit({ event: 'fault', message: messageOf(error), ...stackOf(error) });
  const parts = { mocks, tokenHeader, gateway, health, isDraining, journal, onFault, requestId, nowMs };
  const handle = createRequestHandler(parts);
  return listen(handle, args, gateway !== null);
}

function createGatewayRole({ gateway, mocks, tokenHeader }: Configuration, events: EventStream): Gateway | null {
  if (!gateway) return null;
  const validator = createValidatorClient({ socketPath: gateway.validatorSocket, timeoutMs: AUTHORIZER_LIMIT_MS });
  const onValidatorFailure = (reason: string): void =>
    events.emit({ event: 'validator_failed', reason: `the token validator ${reason}` });
  const { cacheSeconds } = gateway;
  return createGateway({ mocks, tokenHeader, cacheSeconds, validator, onValidatorFailure, nowMs });
}

/** `stop` begins the end, or says false if it has begun; then a second signal ends the host at once. */
function stopOn(
  { drainSeconds, exitWithStdin }: Arguments,
  stop: (plan: DrainPlan) => boolean,
  end: (status: number) => never,
): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => stop({ acceptMs: drainSeconds * 1000, finishMs: FINISH_MS }) || end(1));
  if (!exitWithStdin) return;
  const parentGone = (): void => {
    const begun = stop({ acceptMs: 0, finishMs: FINISH_WITHOUT_PARENT_MS });
    if (!begun) setTimeout(end, FINISH_WITHOUT_PARENT_MS, 0);
  };
  process.stdin.once('end', parentGone).once('error', parentGone).resume();
}

/** Where an error came from; one a user can act on says enough by itself. */
function stackOf(error: unknown): { stack?: string } {
  if (!(error instanceof Error) || error instanceof StartError || error.stack === undefined) return {};
  return { stack: error.stack };
}

await main();
