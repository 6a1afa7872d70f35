import { readConfiguration, type Configuration } from '../../src/configuration.ts';
import type { AssemblyOptions } from '../../src/assembly.ts';
import type { EventStream } from '../../src/events.ts';
import type { HealthReport, Standing } from '../../src/health.ts';
import type { MountedMock } from '../../src/mounted_mock.ts';
import { openHost } from '../../src/open_host.ts';
import { loadHere } from '../../src/reload/load.ts';
import { Serving } from '../../src/serving.ts';
import { sendsCallbacks, startMocks, upstreamOptions } from '../../src/start_mocks.ts';
import type { Event } from './child.ts';
import { createEventLog } from './event_log.ts';
import { eventually } from './eventually.ts';
import type { Cleanup } from './folder.ts';
import { call, type Answer } from './http_client.ts';
import { keepersOf } from './keepers.ts';

/** A host within the test's process whose mocks something replaces. */
export class FollowedHost {
  readonly url: string;
  readonly events: Event[];

  constructor(url: string, events: Event[]) {
    this.url = url;
    this.events = events;
  }

  get(target: string): Promise<Answer> {
    return call(this.url, { target });
  }

  /** Resolves when GET `target` answers with this text. */
  says(text: string, target = '/a'): Promise<true> {
    return eventually(async () => (await this.get(target)).text === text);
  }

  /** Resolves when GET `target` answers with this status. */
  answers(status: number, target: string): Promise<true> {
    return eventually(async () => (await this.get(target)).status === status);
  }

  /** The event of this name that comes `nth` (from 1), now or later. */
  event(name: string, nth = 1): Promise<Event> {
    return eventually(() => this.events.filter(({ event }) => event === name)[nth - 1]);
  }

  count(name: string): number {
    return this.events.filter(({ event }) => event === name).length;
  }

  async health(): Promise<HealthReport> {
    return JSON.parse((await this.get('/_mockenv/health')).text) as HealthReport;
  }
}

/** What a reloader is given. */
export interface Followed extends AssemblyOptions {
  readonly configuration: Configuration;
  readonly serving: Serving<MountedMock>;
  readonly events: EventStream;
  readonly onFault: (error: unknown) => void;
}

/** What a reloader has in common with every other. */
export interface Follower {
  start(): Promise<void>;
  standing(): Standing;
  close(): void;
}

/** Starts a host with this environment.json; resolves when its follower has looked once. */
export async function startFollowedHost(
  context: Cleanup,
  configFile: string,
  follow: (followed: Followed) => Follower,
): Promise<FollowedHost> {
  const { stream, events } = createEventLog();
  const onFault = (error: unknown): void => stream.emit({ event: 'fault', message: String(error) });
  const nowMs = (): number => performance.now();
  const configuration = readConfiguration(configFile);
  const keepers = keepersOf(context, stream);
  const assembly = {
    load: loadHere,
    keepers,
    upstream: upstreamOptions(configuration),
    sendsCallbacks: sendsCallbacks(configuration),
    nowMs,
  };
  const serving = new Serving(await startMocks(configuration, assembly, stream), keepers.follow);
  const follower = follow({ ...assembly, configuration, serving, events: stream, onFault });
  const standing = (): Standing => follower.standing();
  const args = { host: '127.0.0.1', port: 0, keepAliveSeconds: 65 };
  const isDraining = (): boolean => false;
  const host = await openHost({ args, configuration, serving, standing, isDraining, events: stream, onFault, nowMs });
  await follower.start();
  context.after(() => {
    follower.close();
    host.server.closeAllConnections();
    host.server.close();
  });
  return new FollowedHost(host.url, events);
}
