import type { EventStream } from '../../src/events.ts';
import { Keepers } from '../../src/expectations/keepers.ts';
import type { Cleanup } from './folder.ts';

/** Keepers that look at their MockServers all the time. */
export function keepersOf(context: Cleanup, events: EventStream): Keepers {
  const times = { retryMs: 5, longestRetryMs: 20, lookMs: 20 };
  const keepers = new Keepers({ events, nowMs: () => performance.now(), times });
  context.after(keepers.close);
  return keepers;
}
