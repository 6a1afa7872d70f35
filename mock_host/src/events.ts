import { writeSync } from 'node:fs';
import { codeOf } from './errors.ts';

const FLUSH_AFTER_MS = 100;
const FLUSH_AT_CHARACTERS = 16 * 1024;
const STDOUT = 1;
const FULL_PIPE_PAUSE_MS = 1;
const NEVER_NOTIFIED = new Int32Array(new SharedArrayBuffer(4));

/** Takes whole lines; `flush` hands on what is held back. */
export interface EventStream {
  /** Writes one event at once, after everything written before it. */
  emit(event: Record<string, unknown>): void;
  /** Holds a line (without its line end) back for at most 100 ms or 16 KB: cheap enough for every request. */
  line(text: string): void;
  flush(): void;
}

/** JSON lines, gathered so that a busy host makes few system calls. `write` gets whole lines. */
export function createEventStream(write: (text: string) => void = writeToStdout): EventStream {
  let held = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const text = held;
    held = '';
    if (text !== '') write(text);
  };
  const line = (text: string): void => {
    held += `${text}\n`;
    if (held.length >= FLUSH_AT_CHARACTERS) flush();
    else timer ??= setTimeout(flush, FLUSH_AFTER_MS).unref();
  };
  const emit = (event: Record<string, unknown>): void => {
    line(JSON.stringify(event));
    flush();
  };
  return { emit, line, flush };
}

/** The same, with each event naming the environment, as one log holds those of all. Lines are left as they are. */
export function namingEnvironment(events: EventStream, environment: string): EventStream {
  return { ...events, emit: (event) => events.emit({ ...event, environment }) };
}

/** A reader that went away must not end the host: its log is lost, its requests are not. */
function writeToStdout(text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(STDOUT, rest));
    } catch (error) {
      if (codeOf(error) !== 'EAGAIN') return;
      Atomics.wait(NEVER_NOTIFIED, 0, 0, FULL_PIPE_PAUSE_MS);
    }
  }
}
