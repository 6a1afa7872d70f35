import type { IncomingMessage } from 'node:http';
import { eachHeader } from '../headers.ts';
import type { Target } from '../target.ts';
import type { GatewayRoute } from './routes.ts';

export interface EventSubject {
  readonly request: IncomingMessage;
  readonly target: Target;
  readonly route: GatewayRoute;
  readonly token: string;
  readonly requestId: string;
  readonly timeMs: number;
}

/** What stands for the AWS side of a local run; the shapes are AWS's, the values are nobody's. */
const ACCOUNT_ID = '000000000000';
const API_ID = 'mockenvloc';
const REGION = 'local';
const STAGE = '$default';

/**
 * The event of a Lambda REQUEST authorizer, payload format 2.0 (API Gateway developer guide,
 * "Control access to HTTP APIs with AWS Lambda authorizers"). `identitySource` holds the values in
 * the order of the authorizer's sources: the token header, then `$context.routeKey`.
 */
export function toAuthorizerEvent(subject: EventSubject): object {
  const { request, target, route, token } = subject;
  const { headers, cookies } = collectHeaders(request);
  const query = joinedQuery(target.query);
  return {
    version: '2.0',
    type: 'REQUEST',
    routeArn: `arn:aws:execute-api:${REGION}:${ACCOUNT_ID}:${API_ID}/${STAGE}/${request.method}${target.path}`,
    identitySource: [token, route.key],
    routeKey: route.key,
    rawPath: target.path,
    rawQueryString: target.query.slice(1),
    ...(cookies.length > 0 && { cookies }),
    headers,
    ...(query && { queryStringParameters: query }),
    requestContext: requestContextOf(subject, headers),
    ...(route.proxy !== undefined && { pathParameters: { proxy: decoded(route.proxy) } }),
  };
}

function requestContextOf({ request, target, route, requestId, timeMs }: EventSubject, headers: Headers): object {
  return {
    accountId: ACCOUNT_ID,
    apiId: API_ID,
    domainName: headers['host'] ?? '',
    domainPrefix: (headers['host'] ?? '').split('.', 1)[0],
    http: {
      method: request.method,
      path: target.path,
      protocol: `HTTP/${request.httpVersion}`,
      sourceIp: request.socket.remoteAddress ?? '',
      userAgent: headers['user-agent'] ?? '',
    },
    requestId,
    routeKey: route.key,
    stage: STAGE,
    time: commonLogTime(timeMs),
    timeEpoch: timeMs,
  };
}

type Headers = Record<string, string>;

/** Names in lower case, repeated ones joined by commas; cookies stand apart in format 2.0. */
export function collectHeaders(request: IncomingMessage): { headers: Headers; cookies: string[] } {
  const collected = new Map<string, string>();
  const cookies: string[] = [];
  eachHeader(request, (name, value) => {
    if (name === 'cookie') cookies.push(...value.split(/;\s*/));
    else collected.set(name, collected.has(name) ? `${collected.get(name)},${value}` : value);
  });
  return { headers: Object.fromEntries(collected), cookies };
}

function joinedQuery(query: string): Record<string, string> | undefined {
  if (query.length < 2) return undefined;
  const joined = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query))
    joined.set(name, joined.has(name) ? `${joined.get(name)},${value}` : value);
  return Object.fromEntries(joined);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `12/Mar/2020:19:03:58 +0000` */
function commonLogTime(timeMs: number): string {
  const iso = new Date(timeMs).toISOString();
  const month = MONTHS[Number(iso.slice(5, 7)) - 1];
  return `${iso.slice(8, 10)}/${month}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}
