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
  return new Child(context, [file, '--config', join(folder, 'environment.json'), '--port', '0', ...more]);
}
