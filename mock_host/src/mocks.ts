/** What has a base path. */
export interface Mounted {
  readonly path: string;
}

/** Where a request path leads: the mock, and the path as that mock sees it. */
export interface Place<M extends Mounted> {
  readonly mock: M;
  /** The request path without the mock's base path; starts with `/`. Bytes are kept as the caller sent them. */
  readonly innerPath: string;
}

/** Finds the mock whose base path is the longest that holds `path`; undefined if none does. */
export type MockTable<M extends Mounted> = (path: string) => Place<M> | undefined;

export function createMockTable<M extends Mounted>(mocks: readonly M[]): MockTable<M> {
  const longestFirst = mocks
    .map((mock) => ({ mock, base: mock.path === '/' ? '' : mock.path }))
    .toSorted((one, other) => other.base.length - one.base.length);
  return (path) => {
    for (const { mock, base } of longestFirst) {
      if (holds(base, path)) return { mock, innerPath: path.slice(base.length) || '/' };
    }
    return undefined;
  };
}

/** Compared as raw text: `/petstore%2Fpets` and `/petstorex` are not under `/petstore`. */
function holds(base: string, path: string): boolean {
  return path.startsWith(base) && (path.length === base.length || path.charCodeAt(base.length) === SLASH);
}

const SLASH = 47;
