/** A request target in its two parts; both keep the bytes the caller sent. */
export interface Target {
  /** Starts with `/`. */
  readonly path: string;
  /** With its `?`, or empty. */
  readonly query: string;
}

const ABSOLUTE = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i;

/** Splits what stands in the request line: origin form (`/a?b`), absolute form (`http://host/a?b`) or `*`. */
export function splitTarget(target: string): Target {
  const origin = target.charCodeAt(0) === SLASH ? target : toOriginForm(target);
  const mark = origin.indexOf('?');
  if (mark === -1) return { path: origin, query: '' };
  return { path: origin.slice(0, mark), query: origin.slice(mark) };
}

function toOriginForm(target: string): string {
  const rest = target.replace(ABSOLUTE, '');
  return rest.startsWith('/') ? rest : `/${rest}`;
}

const SLASH = 47;
