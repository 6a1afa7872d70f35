import type { Configuration } from '../configuration.ts';

/** What a running host can't change; by the names it has in environment.json. */
const FIXED = {
  environment: ({ environment }) => environment,
  token_header: ({ tokenHeader }) => tokenHeader,
  gateway: ({ gateway }) => gateway,
} as const satisfies Record<string, (configuration: Configuration) => unknown>;

/** Names of the settings in which `wanted` differs from `running` and that only a restart takes over. */
export function restartNeeds(running: Configuration, wanted: Configuration): string[] {
  return Object.entries(FIXED)
    .filter(([, pick]) => JSON.stringify(pick(running)) !== JSON.stringify(pick(wanted)))
    .map(([name]) => name);
}
