import type { IHttpOperation } from '@stoplight/types';
import { validateOutput } from '@stoplight/prism-http/dist/validator/index.js';
import { isAnswer, type Answer, type Seen } from './client.ts';
import type { Call } from './draft.ts';
import { NOT_COMPARED } from './compare.ts';
import { operationFor } from './routing.ts';

/** Whether the answer is made up anew each time, so that its bytes can't be compared. */
export function isDynamic(call: Call): boolean {
  const prefer = call.headers.filter(([name]) => name.toLowerCase() === 'prefer').map(([, value]) => value);
  if (prefer.join('') !== '') return /dynamic\s*=\s*"?true/i.test(prefer.join(', '));
  return /[?&]__dynamic=true/.test(call.target);
}

/** What must be the same of an answer that is made up: all but what chance decides. */
export function shapeOf(call: Call, seen: Seen, operations: readonly IHttpOperation[]): Seen {
  if (!isAnswer(seen)) return seen;
  const names = Object.keys(seen.headers).filter((name) => !CHANCE_HEADERS.has(name)).sort();
  const fixed = names.filter((name) => FIXED_HEADERS.has(name)).map((name) => [name, seen.headers[name]]);
  const headers = { ...Object.fromEntries(fixed), 'names of headers': names.join(' ') } as Answer['headers'];
  return { ...seen, headers, body: Buffer.from(verdict(call, seen, operations)) };
}

const FIXED_HEADERS = new Set([
  'content-type',
  'deprecation',
  'access-control-allow-origin',
  'access-control-allow-headers',
  'access-control-allow-credentials',
  'access-control-expose-headers',
]);

/** Violations depend on what was made up; a body's length too. */
const CHANCE_HEADERS = new Set([...NOT_COMPARED, 'content-length', 'sl-violations', 'transfer-encoding']);

/** Whether the body fits its schema, by Prism's own check of it. */
function verdict(call: Call, { status, headers, body }: Answer, operations: readonly IHttpOperation[]): string {
  const operation = operationFor(call, operations);
  const type = headers['content-type'] ?? '';
  if (!operation || status >= 400 || !/[/+]json/.test(type)) return body.length === 0 ? 'empty' : 'not checked';
  const element = { statusCode: status, headers: { 'content-type': type }, body: parsed(body) };
  const result = validateOutput({ resource: operation, element });
  const wrong = result._tag === 'Left' ? result.left.filter(({ path }) => path?.[0] === 'body') : [];
  return wrong.length === 0 ? 'fits its schema' : 'violates its schema';
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
