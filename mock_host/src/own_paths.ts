import { sendJson, sendProblem } from './replies.ts';
import type { HealthReport } from './health.ts';
import type { Visit } from './visit.ts';

/** Paths under this are the host's own, never a mock's. */
const OWN_PATH = '/_mockenv';
export const HEALTH_PATH = '/_mockenv/health';

export function isOwn(path: string): boolean {
  return path.startsWith(OWN_PATH) && (path.length === OWN_PATH.length || path[OWN_PATH.length] === '/');
}

export async function answerHealth({ request, response }: Visit, health: () => Promise<HealthReport>): Promise<void> {
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
  { response, target }: Visit,
  mocks: readonly { readonly name: string; readonly path: string }[],
): void {
  const mounted = mocks.map(({ name, path }) => `${path} (${name})`).join(', ');
  const detail = isOwn(target.path)
    ? `Paths under ${OWN_PATH} are the host's own; ${HEALTH_PATH} is there.`
    : `No mock is at this path. There are: ${mounted}.`;
  sendProblem(response, 404, 'Not Found', detail);
}
