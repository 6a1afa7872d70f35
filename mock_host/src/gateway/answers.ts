import type { ServerResponse } from 'node:http';
import { sendJson } from '../replies.ts';

/**
 * The answers an API Gateway HTTP API gives by itself: a message in JSON, nothing else. 503 for an
 * integration that takes too long is what users report of HTTP APIs (serverless/serverless#11222,
 * anomalyco/sst#2232); REST APIs say 504. The 431 text is not documented.
 */
export const GATEWAY_ANSWERS = {
  unauthorized: [401, 'Unauthorized'],
  forbidden: [403, 'Forbidden'],
  notFound: [404, 'Not Found'],
  bodyTooLarge: [413, 'Request Entity Too Large'],
  headersTooLarge: [431, 'Request Header Fields Too Large'],
  failed: [500, 'Internal Server Error'],
  late: [503, 'Service Unavailable'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type GatewayAnswer = keyof typeof GATEWAY_ANSWERS;

/** Sends one of API Gateway's own answers. The request id header is set on every response before. */
export function sendGatewayAnswer(response: ServerResponse, answer: GatewayAnswer): void {
  const [status, message] = GATEWAY_ANSWERS[answer];
  sendJson(response, status, { message });
}
