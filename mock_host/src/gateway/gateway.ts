import type { IncomingMessage } from 'node:http';
import { announcesTooMuch } from '../request_body.ts';
import type { Target } from '../target.ts';
import type { GatewayAnswer } from './answers.ts';
import { Authorizer, type AuthorizerOptions, type Verdict } from './authorizer.ts';
import { MAX_HEAD_BYTES, readHead } from './limits.ts';
import type { GatewayRoutes } from './routes.ts';
import type { Validator } from './validator_client.ts';

export interface GatewayOptions extends Omit<AuthorizerOptions, 'validator'> {
  /** Null: every request is let through, as by a gateway without an authorizer. */
  readonly validator: Validator | null;
  /** The routes of the mocks that are served at the time. */
  readonly routes: GatewayRoutes;
  readonly tokenHeader: string | null;
}

/** `null`: the request may pass. Otherwise the answer API Gateway gives in place of the mock's. */
export type Admission = GatewayAnswer | null;

/**
 * Decides like an API Gateway HTTP API in front of the host. The answer is at hand at once
 * (no promise) wherever the validator need not be asked.
 */
export type Gateway = (request: IncomingMessage, target: Target, requestId: string) => Admission | Promise<Admission>;

export function createGateway(options: GatewayOptions): Gateway {
  const { routes, validator } = options;
  const authorizer = validator && new Authorizer({ ...options, validator });
  return (request, target, requestId) => {
    const head = readHead(request, options.tokenHeader);
    if (head.bytes > MAX_HEAD_BYTES) return 'headersTooLarge';
    const route = routes(request.method ?? '', target.path);
    if (!route) return 'notFound';
    if (announcesTooMuch(request)) return 'bodyTooLarge';
    if (!route.authorized || !authorizer) return null;
    if (head.token === '') return 'unauthorized';
    const verdict = authorizer.decide({ request, target, route, token: head.token, requestId });
    return verdict instanceof Promise ? verdict.then(toAdmission) : toAdmission(verdict);
  };
}

function toAdmission(verdict: Verdict): Admission {
  switch (verdict) {
    case 'allowed':
      return null;
    case 'denied':
      return 'forbidden';
    case 'failed':
      return 'failed';
  }
}
