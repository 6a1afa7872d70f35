import { join } from 'node:path';
import { readConfiguration } from '../../src/configuration.ts';
import { createEventStream } from '../../src/events.ts';
import type { HealthReport } from '../../src/health.ts';
import { openHost } from '../../src/open_host.ts';
import { FileReloader, type FileReloaderOptions } from '../../src/reload/file_reloader.ts';
import { loadHere } from '../../src/reload/load.ts';
import { Serving } from '../../src/serving.ts';
import { startMocks, upstreamOptions } from '../../src/start_mocks.ts';
import type { Event } from './child.ts';
import { eventually } from './eventually.ts';
import type { Cleanup } from './folder.ts';
import { call, type Answer } from './http_client.ts';

/** A host within the test's process that follows the files of a folder. */
export class WatchedHost {
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

/** Starts a host with the environment.json of `folder`; resolves when it follows all files. */
export async function startWatchedHost(
  context: Cleanup,
  folder: string,
  overrides: Pick<Partial<FileReloaderOptions>, 'watchFolder' | 'load'> = {},
): Promise<WatchedHost> {
  const events: Event[] = [];
  const stream = createEventStream((text) => {
    for (const line of text.trim().split('\n')) events.push(JSON.parse(line) as Event);
  });
  const onFault = (error: unknown): void => stream.emit({ event: 'fault', message: String(error) });
  const nowMs = (): number => performance.now();
  const configFile = join(folder, 'environment.json');
  const configuration = readConfiguration(configFile);
  const assembly = { load: loadHere, upstream: upstreamOptions(configuration), nowMs };
  const serving = new Serving(await startMocks(configuration, assembly, stream));
  const reloader = new FileReloader({ ...assembly, configFile, configuration, serving, events: stream, onFault, ...overrides });
  const standing = () => (reloader.failure ? { last_error: reloader.failure } : {});
  const args = { host: '127.0.0.1', port: 0 };
  const isDraining = (): boolean => false;
  const host = await openHost({ args, configuration, serving, standing, isDraining, events: stream, onFault, nowMs });
  await reloader.start();
  context.after(() => {
    reloader.close();
    host.server.closeAllConnections();
    host.server.close();
  });
  return new WatchedHost(host.url, events);
}
