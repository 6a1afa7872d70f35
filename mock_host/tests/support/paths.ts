import { fileURLToPath } from 'node:url';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export const ROOT = here('../../..');
export const SPECS = here('../../../tests/specs');
export const DOCUMENTS = here('../documents');
export const BUILD_SCRIPT = here('../../build.mjs');
export const MAIN = here('../../src/main.ts');
export const GITHUB = here('../../../node_modules/@octokit/openapi/generated/api.github.com.json');
export const STALL_PROBE = here('./stall_probe.mjs');
export const PRISM_CLI = here('../../../node_modules/@stoplight/prism-cli/dist/index.js');
/** Lists of expectations, right and wrong, that both validators are held to. */
export const EXPECTATIONS = here('../../../tests/expectations');
