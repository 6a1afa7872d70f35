import type { IncomingHttpHeaders } from 'node:http';
import { isLocal, isOfSameOrigin } from '../same_machine.ts';

/** What of a MockServer's dashboard a path under /_mockenv/mocks/ names. */
export interface DashboardPlace {
  readonly mock: string;
  readonly part: 'entrance' | 'page' | 'asset' | 'socket';
  /** As MockServer knows it. */
  readonly path: string;
}

export const DASHBOARDS = '/_mockenv/mocks/';
const PLACE = /^\/_mockenv\/mocks\/([a-z][a-z0-9-]{0,30})(\/.*)?$/;
const PAGE = '/mockserver/dashboard';
const SOCKET = '/_mockserver_ui_websocket';
/** One name, below assets or beside the page. */
const ASSET = /^\/mockserver\/dashboard\/(?:assets\/)?[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+$/;

/** Exactly what the dashboard needs in order to show things; undefined for everything else. */
export function dashboardPlace(path: string): DashboardPlace | undefined {
  const [, mock, rest = ''] = PLACE.exec(path) ?? [];
  if (mock === undefined) return undefined;
  if (rest === '' || rest === '/') return { mock, part: 'entrance', path: PAGE };
  if (rest === PAGE) return { mock, part: 'page', path: rest };
  if (rest === SOCKET) return { mock, part: 'socket', path: rest };
  return ASSET.test(rest) ? { mock, part: 'asset', path: rest } : undefined;
}

/** The page, opened at what was asked and answered. */
export function dashboardLocation(mock: string): string {
  return `${DASHBOARDS}${mock}${PAGE}#dashboard`;
}

/**
 * Whether a request comes from a page of this very host, or was typed into a browser. Every web
 * page that its user looks at can send requests to loopback: under its own name that was made to
 * point here (Host), from its own origin (Origin), or without either but not unmarked (Sec-Fetch-Site).
 */
export function isOfThisHost(headers: IncomingHttpHeaders, part: DashboardPlace['part']): boolean {
  const site = headers['sec-fetch-site'] ?? 'none';
  if (!isLocal(headers.host) || !isOfSameOrigin(headers)) return false;
  // No browser opens a WebSocket without an origin, and no other rule of browsers holds for one.
  if (part === 'socket') return headers.origin !== undefined;
  return site === 'same-origin' || site === 'none';
}
