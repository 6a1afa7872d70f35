import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from './faults/fault.ts';
import type { Journal } from './journal.ts';
import { putHeaders } from './replies.ts';
import { splitTarget, type Target } from './target.ts';

export interface VisitOptions {
  readonly journal: Journal;
  readonly requestId: () => string;
  readonly nowMs: () => number;
}

/** A request with what is noted about it for the access log. */
export class Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly target: Target;
  readonly id: string;
  readonly sent = { bytes: 0 };
  /** The host's own, flat; not yet on the response. */
  readonly ownHeaders: string[] = [];
  mockName: string | null = null;
  fault: Fault | null = null;

  constructor(request: IncomingMessage, response: ServerResponse, { requestId, nowMs, journal }: VisitOptions) {
    this.request = request;
    this.response = response;
    this.target = splitTarget(request.url ?? '/');
    this.id = requestId();
    const startedMs = nowMs();
    response.on('close', () => {
      journal({
        id: this.id,
        method: request.method ?? '',
        path: this.target.path,
        mock: this.mockName,
        status: response.headersSent ? response.statusCode : 0,
        durationMs: nowMs() - startedMs,
        bytes: this.#bytes(),
        fault: this.fault,
      });
    });
  }

  /** The response, for an answer of the host's own. */
  responseOfOurs(): ServerResponse {
    putHeaders(this.response, this.ownHeaders);
    return this.response;
  }

  #bytes(): number {
    const { method } = this.request;
    if (this.sent.bytes > 0 || method === 'HEAD' || !this.response.headersSent) return this.sent.bytes;
    return Number(this.response.getHeader('content-length') ?? 0);
  }
}
