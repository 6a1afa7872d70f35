/** Says which route API Gateway chose, and so which mock's scopes the token was held against. */
export const ROUTE_HEADER = 'x-mock-route';

const BELOW = '/{proxy+}';

/**
 * Whether `routeKey`, such as `ANY /pay/{proxy+}`, is a route of the mock at `path`.
 *
 * API Gateway chooses routes by a decoded path, the host chooses mocks by the bytes it receives; what
 * the gateway forwards of `/%70ay` is nowhere written down. A request for which the two differ must
 * not reach a mock that its token was not checked for.
 */
export function isRouteOf(routeKey: string, path: string): boolean {
  const routePath = routeKey.slice(routeKey.indexOf(' ') + 1);
  const base = routePath.endsWith(BELOW) ? routePath.slice(0, -BELOW.length) : routePath;
  return (base === '' ? '/' : base) === path;
}
