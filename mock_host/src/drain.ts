import type { Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

export interface DrainPlan {
  /** How long requests are still accepted, so that a load balancer sees the failing health first. */
  readonly acceptMs: number;
  /** How long requests in flight may then take. */
  readonly finishMs: number;
}

/** Whether the host is on its way down; turned once. */
export class DrainSwitch {
  #draining = false;

  readonly isDraining = (): boolean => this.#draining;

  /** False if it was turned before. */
  readonly turn = (): boolean => {
    const first = !this.#draining;
    this.#draining = true;
    return first;
  };
}

/** Counts a server's requests that have no complete answer yet. */
export class RequestsInFlight {
  #count = 0;
  #whenNone: (() => void)[] = [];

  constructor(server: Server) {
    server.on('request', (_, response) => {
      this.#count += 1;
      response.once('close', () => this.#over());
    });
  }

  /** Resolves as soon as there is none. */
  none(): Promise<void> {
    if (this.#count === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#whenNone.push(resolve);
    });
  }

  #over(): void {
    this.#count -= 1;
    if (this.#count > 0) return;
    for (const resolve of this.#whenNone.splice(0)) resolve();
  }
}

/**
 * Accepts for a while, then closes the port, lets what is in flight finish within the bound, and
 * cuts what is left: idle connections too, among them those on which no request ever came, which
 * Node does not count as idle. Responses must carry `connection: close` meanwhile.
 */
export async function drain(server: Server, inFlight: RequestsInFlight, plan: DrainPlan): Promise<void> {
  if (plan.acceptMs > 0) await pause(plan.acceptMs);
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  await Promise.race([inFlight.none(), pause(plan.finishMs)]);
  server.closeAllConnections();
  await closed;
}
