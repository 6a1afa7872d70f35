import { sendJson, sendProblem } from './replies.ts';
import type { HealthReport } from './health.ts';
import type { Visit } from './visit.ts';

/** Paths under this are the host's own, never a mock's. */
const OWN_PATH = '/_mockenv';
export const HEALTH_PATH = '/_mockenv/health';

export function isOwn(path: string): boolean {
  return path.startsWith(OWN_PATH) && (path.length === OWN_PATH.length || path[OWN_PATH.length] === '/');
}

export async function answerHealth(visit: Visit, health: () => Promise<HealthReport>): Promise<void> {
  const { request } = visit;
  const response = visit.responseOfOurs();
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    return sendProblem(response, 405, 'Method Not Allowed', `${HEALTH_PATH} answers GET and HEAD.`);
  }
  const report = await health();
  response.setHeader('cache-control', 'no-store');
  sendJson(response, report.status === 'healthy' ? 200 : 503, report);
}

/** Tells a caller what there is instead. */
export function answerNotFound(
  visit: Visit,
  mocks: readonly { readonly name: string; readonly path: string }[],
): void {
  const mounted = mocks.map(({ name, path }) => `${path} (${name})`).join(', ');
  const detail = isOwn(visit.target.path)
    ? `Paths under ${OWN_PATH} are the host's own; ${HEALTH_PATH} is there.`
    : `No mock is at this path. There are: ${mounted}.`;
  sendProblem(visit.responseOfOurs(), 404, 'Not Found', detail);
}
