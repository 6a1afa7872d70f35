import type { ServerResponse } from 'node:http';

/** Sends `body` as JSON. Headers set before stay; HEAD gets the length and no body. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  contentType = 'application/json',
): void {
  const text = `${JSON.stringify(body)}`;
  response.statusCode = status;
  response.setHeader('content-type', contentType);
  response.setHeader('content-length', Buffer.byteLength(text));
  response.end(text);
}

/** An RFC 9457 problem of the host's own: `detail` says what to do next. */
export function sendProblem(response: ServerResponse, status: number, title: string, detail: string): void {
  sendJson(response, status, { title, status, detail, message: title }, 'application/problem+json');
}
