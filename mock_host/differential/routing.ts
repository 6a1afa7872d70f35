import type { IHttpOperation } from '@stoplight/types';
import router from '@stoplight/prism-http/dist/router/index.js';
import type { Call } from './draft.ts';

/** The operation that Prism's own router takes a call to; undefined where there is none. */
export function operationFor(call: Call, operations: readonly IHttpOperation[]): IHttpOperation | undefined {
  const path = URL.parse(call.target, 'http://mock')?.pathname;
  if (path === undefined) return undefined;
  const method = call.method.toLowerCase() as 'get';
  const found = router.default({ resources: [...operations], input: { method, url: { path }, body: null } });
  return found._tag === 'Right' ? found.right : undefined;
}
