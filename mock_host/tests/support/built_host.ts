import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { Child } from './child.ts';
import { folderWith, type Cleanup } from './folder.ts';
import { BUILD_SCRIPT, SPECS } from './paths.ts';

/** Bundles the host into a folder of its own, away from any node_modules; gives the file. */
export function buildHost(context: Cleanup): string {
  const file = join(folderWith(context), 'mock_host.mjs');
  execFileSync(process.execPath, [BUILD_SCRIPT, file], { stdio: 'pipe' });
  return file;
}

export const PETSTORE = {
  name: 'petstore',
  path: '/petstore',
  engine: 'prism',
  document: join(SPECS, 'petstore-expanded.yaml'),
};

export interface Environment {
  readonly mocks?: readonly object[];
  readonly token_header?: string | null;
  readonly gateway?: object;
}

/** Writes environment.json and starts the bundle with it, on a free port unless `more` names one. */
export function startBuiltHost(
  context: Cleanup,
  file: string,
  environment: Environment = {},
  more: readonly string[] = [],
): Child {
  const whole = { environment: 'pr-7', token_header: 'authorization', mocks: [PETSTORE], ...environment };
  const folder = folderWith(context, { 'environment.json': whole });
  return startHostIn(context, file, folder, more);
}

/** Starts the bundle with the environment.json that is in `folder`; `nodeOptions` are for Node itself. */
export function startHostIn(
  context: Cleanup,
  file: string,
  folder: string,
  more: readonly string[] = [],
  nodeOptions: readonly string[] = [],
): Child {
  const config = join(folder, 'environment.json');
  return new Child(context, [...nodeOptions, file, '--config', config, '--port', '0', ...more]);
}
