import { createEventStream, type EventStream } from '../../src/events.ts';
import type { Event } from './child.ts';

/** An event stream, and the list it writes to. */
export function createEventLog(): { readonly stream: EventStream; readonly events: Event[] } {
  const events: Event[] = [];
  const stream = createEventStream((text) => {
    for (const line of text.trim().split('\n')) events.push(JSON.parse(line) as Event);
  });
  return { stream, events };
}
