import type { Server } from 'node:http';
import type { Arguments } from './arguments.ts';
import { RequestsInFlight, drain, type DrainPlan } from './drain.ts';
import type { EventStream } from './events.ts';

/** Ends the process. */
export type End = (status: number) => never;

export interface EndingOptions {
  readonly args: Pick<Arguments, 'drainSeconds' | 'finishSeconds' | 'exitWithStdin'>;
  readonly server: Server;
  /** Says that the host is on its way down; false if it was said before. */
  readonly turn: () => boolean;
  readonly events: EventStream;
  /** Called as the end begins. */
  readonly onEnd: () => void;
  readonly end: End;
}

/** With its parent gone nobody waits for what is in flight. */
const FINISH_WITHOUT_PARENT_MS = 2_000;

/** Ends the host gently on SIGTERM and SIGINT, and with its standard input where that is asked for. */
export function endOn(options: EndingOptions): void {
  const { args, end } = options;
  const stop = createStop(options);
  const plan = { acceptMs: args.drainSeconds * 1000, finishMs: args.finishSeconds * 1000 };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop(plan) || end(1));
  if (!args.exitWithStdin) return;
  const parentGone = (): void => {
    const begun = stop({ acceptMs: 0, finishMs: FINISH_WITHOUT_PARENT_MS });
    if (!begun) setTimeout(end, FINISH_WITHOUT_PARENT_MS, 0);
  };
  process.stdin.once('end', parentGone).once('error', parentGone).resume();
}

/** Begins the end, or says false if it has begun; then a second signal ends the host at once. */
function createStop({ server, turn, events, onEnd, end }: EndingOptions): (plan: DrainPlan) => boolean {
  const inFlight = new RequestsInFlight(server);
  return (plan) => {
    if (!turn()) return false;
    events.emit({ event: 'draining', accept_ms: plan.acceptMs });
    onEnd();
    void drain(server, inFlight, plan).then(() => end(0));
    return true;
  };
}
