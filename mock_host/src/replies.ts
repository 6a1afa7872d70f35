import type { ServerResponse } from 'node:http';

/** Sets headers given flat: `[name, value, …]`. */
export function putHeaders(response: ServerResponse, headers: readonly string[]): void {
  for (let index = 0; index + 1 < headers.length; index += 2)
    response.setHeader(headers[index] as string, headers[index + 1] as string);
}

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
