import type { EventStream } from './events.ts';
import type { Fault } from './faults/fault.ts';

/** One served request. Neither query nor headers: both can hold secrets. */
export interface JournalEntry {
  readonly id: string;
  readonly method: string;
  /** The path as the caller sent it, without the query. */
  readonly path: string;
  /** Name of the mock that answered; null: none did. */
  readonly mock: string | null;
  /** HTTP status; 0 if the caller left before there was one. */
  readonly status: number;
  readonly durationMs: number;
  /** Bytes of the response's body. */
  readonly bytes: number;
  /** What went wrong on purpose. */
  readonly fault: Fault | null;
}

/** Writes the access log. */
export type Journal = (entry: JournalEntry) => void;

const MAX_PATH_CHARACTERS = 2048;

export function createJournal(events: EventStream, now: () => number = Date.now): Journal {
  const stamp = createStamp();
  return (entry) => {
    const path = JSON.stringify(entry.path.slice(0, MAX_PATH_CHARACTERS));
    const mock = entry.mock === null ? 'null' : `"${entry.mock}"`;
    events.line(
      `{"event":"request","time":"${stamp(now())}","id":"${entry.id}","method":"${entry.method}","path":${path},` +
        `"mock":${mock},"status":${entry.status},"duration_ms":${entry.durationMs.toFixed(3)},"bytes":${entry.bytes}${entry.fault ? faultField(entry.fault) : ''}}`,
    );
  };
}

function faultField({ delayMs, status }: Fault): string {
  const told = { ...(delayMs > 0 && { delay_ms: delayMs }), ...(status !== null && { status }) };
  return `,"fault":${JSON.stringify(told)}`;
}

/** ISO 8601 in UTC. Busy hosts write many lines within one millisecond. */
function createStamp(): (time: number) => string {
  let last = Number.NaN;
  let text = '';
  return (time) => {
    if (time !== last) {
      last = time;
      text = new Date(time).toISOString();
    }
    return text;
  };
}
