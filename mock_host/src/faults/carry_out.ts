import { STATUS_CODES, type ServerResponse } from 'node:http';
import { sendProblem } from '../replies.ts';
import { STATUS_HEADER, type Fault } from './fault.ts';

/** Waits the fault's delay. Says whether the caller is still there. */
export function wait({ delayMs }: Fault, response: ServerResponse): Promise<boolean> {
  if (delayMs === 0) return Promise.resolve(!response.destroyed);
  return new Promise((resolve) => {
    const left = (): void => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      response.off('close', left);
      resolve(true);
    }, delayMs);
    response.once('close', left);
  });
}

/** Fails a request in place of the mock's answer, saying that it was meant to. */
export function sendFault(response: ServerResponse, status: number, isAskedFor: boolean, mockName: string): void {
  const detail = isAskedFor
    ? `This answer was asked for with ${STATUS_HEADER}; mock '${mockName}' has not seen the request.`
    : `Mock '${mockName}' is set to fail a share of its requests (errors in its settings); this is one of them.`;
  sendProblem(response, status, STATUS_CODES[status] ?? 'Fault', detail);
}
