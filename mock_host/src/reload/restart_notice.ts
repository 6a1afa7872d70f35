import type { Configuration } from '../configuration.ts';
import type { EventStream } from '../events.ts';

/** What a running host can't change; by the names it has in environment.json. */
const FIXED = {
  environment: ({ environment }) => environment,
  token_header: ({ tokenHeader }) => tokenHeader,
  requires_route: ({ requiresRoute }) => requiresRoute,
  gateway: ({ gateway }) => gateway,
} as const satisfies Record<string, (configuration: Configuration) => unknown>;

/** Tells of settings that only a restart takes over; of the same ones once. */
export class RestartNotice {
  readonly #running: Configuration;
  readonly #events: EventStream;
  #told = '';

  constructor(running: Configuration, events: EventStream) {
    this.#running = running;
    this.#events = events;
  }

  tell(wanted: Configuration): void {
    const changed = differing(this.#running, wanted);
    const names = changed.join(', ');
    if (names !== '' && names !== this.#told)
      this.#events.emit({ event: 'restart_needed', changed, message: `Restart to put these in force: ${names}.` });
    this.#told = names;
  }
}

function differing(running: Configuration, wanted: Configuration): string[] {
  return Object.entries(FIXED)
    .filter(([, pick]) => JSON.stringify(pick(running)) !== JSON.stringify(pick(wanted)))
    .map(([name]) => name);
}
