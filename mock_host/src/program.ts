import { performance } from 'node:perf_hooks';
import { parseArguments, type Arguments } from './arguments.ts';
import { readConfiguration } from './configuration.ts';
import { DrainSwitch } from './drain.ts';
import { endOn, type End } from './ending.ts';
import { messageOf, stackOf } from './errors.ts';
import { createEventStream, namingEnvironment, type EventStream } from './events.ts';
import { Keepers } from './expectations/keepers.ts';
import { openHost } from './open_host.ts';
import { loadHere } from './reload/load.ts';
import type { Standing } from './health.ts';
import { Serving } from './serving.ts';
import { createSources } from './sources.ts';
import { createTaskStanding } from './task_id.ts';
import { sendsCallbacks, startMocks, upstreamOptions } from './start_mocks.ts';

const nowMs = (): number => performance.now();

/** Runs the host with these arguments until it ends the process. `module` also runs its worker thread. */
export async function run(args: readonly string[], module: URL): Promise<void> {
  const events = createEventStream();
  const end: End = (status) => {
    events.flush();
    process.exit(status);
  };
  const fail = (error: unknown): never => {
    events.emit({ event: 'failed', message: messageOf(error), ...stackOf(error) });
    return end(1);
  };
  process.on('uncaughtException', fail);
  try {
    await start(parseArguments(args), module, events, end);
  } catch (error) {
    fail(error);
  }
}

async function start(args: Arguments, module: URL, log: EventStream, end: End): Promise<void> {
  const configuration = readConfiguration(args.config);
  const events = namingEnvironment(log, configuration.environment);
  const upstream = upstreamOptions(configuration);
  const keepers = new Keepers({ events, nowMs });
  const assembly = { upstream, sendsCallbacks: sendsCallbacks(configuration), keepers, nowMs };
  const { isDraining, turn } = new DrainSwitch();
  const onFault = (error: unknown): void =>
    events.emit({ event: 'fault', message: messageOf(error), ...stackOf(error) });
  const mocks = await startMocks(configuration, { ...assembly, load: loadHere }, events);
  const serving = new Serving(mocks, args.check ? undefined : keepers.follow);
  const sources = createSources({ ...assembly, args, module, configuration, serving, events, onFault });
  const task = createTaskStanding(process.env);
  const standing = (): Standing => ({ ...sources.standing(), ...task() });
  const { server, url, close } = await openHost({ args, configuration, serving, standing, isDraining, events, onFault, nowMs });
  const onEnd = (): void => {
    sources.close();
    close();
  };
  endOn({ args, server, turn, events, end, onEnd });
  const { version } = sources.standing();
  sources.start();
  events.emit({
    event: 'ready',
    url,
    // `mockenv push` waits for tasks to say which version they serve.
    ...(version !== undefined && { version }),
    mocks: serving.mocks.map(({ name, path }) => ({ name, path })),
    mock_count: serving.mocks.length,
    gateway: configuration.gateway !== null,
    started_ms: Math.round(nowMs()),
  });
}
