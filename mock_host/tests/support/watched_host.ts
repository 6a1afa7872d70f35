import { join } from 'node:path';
import { FileReloader, type FileReloaderOptions } from '../../src/reload/file_reloader.ts';
import type { Cleanup } from './folder.ts';
import { startFollowedHost, type FollowedHost } from './followed_host.ts';

/** Starts a host with the environment.json of `folder`; resolves when it follows all files. */
export function startWatchedHost(
  context: Cleanup,
  folder: string,
  overrides: Pick<Partial<FileReloaderOptions>, 'watchFolder' | 'load'> = {},
): Promise<FollowedHost> {
  const configFile = join(folder, 'environment.json');
  return startFollowedHost(context, configFile, (followed) => new FileReloader({ ...followed, configFile, ...overrides }));
}
