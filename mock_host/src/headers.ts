import type { IncomingMessage } from 'node:http';

/** Says which environment a request is for; set by the gateway, never believed from a caller. */
export const ENVIRONMENT_HEADER = 'x-mock-environment';

/**
 * Calls `visit` for each header line as it came, name in lower case. Node's own `headers` would
 * hide repeated lines of some names (it keeps only the first `authorization`).
 */
export function eachHeader(request: IncomingMessage, visit: (name: string, value: string) => void): void {
  const raw = request.rawHeaders;
  for (let index = 0; index + 1 < raw.length; index += 2) {
    visit((raw[index] as string).toLowerCase(), raw[index + 1] as string);
  }
}
