import { createMockTable, type Mounted } from '../mocks.ts';

/** A route of the HTTP API, as the environment stack deploys it. */
export interface GatewayRoute {
  /** `$context.routeKey`, e.g. `ANY /petstore/{proxy+}`. */
  readonly key: string;
  /** False for preflights, which carry no token. */
  readonly authorized: boolean;
  /** The greedy path variable; undefined on a route without one. */
  readonly proxy: string | undefined;
}

/** The route a request takes; undefined: none, which is API Gateway's 404. */
export type GatewayRoutes = (method: string, path: string) => GatewayRoute | undefined;

/**
 * Chooses among `ANY` and `OPTIONS` of `<base>` and `<base>/{proxy+}` of each mock: an exact path
 * before a greedy one, the longer greedy one before the shorter, a method before ANY
 * (API Gateway developer guide, "Create routes for HTTP APIs": routing API requests). A path with a
 * slash at its end is no match for the one without, but is one for the greedy route (seen in
 * storacha/w3infra#166); so is anything under `/` for a mock there.
 */
export function createGatewayRoutes(mocks: readonly Mounted[]): GatewayRoutes {
  const table = createMockTable(mocks.map(({ path }) => routesOf(path)));
  return (method, path) => {
    const place = table(path);
    if (!place) return undefined;
    const { exact, greedy, path: base } = place.mock;
    const route = path === base ? exact : greedy;
    const chosen = method === 'OPTIONS' ? route.open : route.checked;
    return path === base ? chosen : { ...chosen, proxy: place.innerPath.slice(1) };
  };
}

interface Pair {
  readonly open: GatewayRoute;
  readonly checked: GatewayRoute;
}

function routesOf(path: string): Mounted & { readonly exact: Pair; readonly greedy: Pair } {
  const base = path === '/' ? '' : path;
  return { path, exact: pairOf(path), greedy: pairOf(`${base}/{proxy+}`) };
}

function pairOf(path: string): Pair {
  return {
    open: { key: `OPTIONS ${path}`, authorized: false, proxy: undefined },
    checked: { key: `ANY ${path}`, authorized: true, proxy: undefined },
  };
}
