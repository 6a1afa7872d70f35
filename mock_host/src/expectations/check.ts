import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import schema from '../../../mockenv/settings/expectations.schema.json' with { type: 'json' };
import { keyOf, quote, type JsonPath, type Problem } from './problem.ts';
import { suggest } from './suggestion.ts';

type Words = readonly [wrong: string, right: string];
type Schema = Readonly<Record<string, unknown>>;

/** Keywords that only say that others failed. */
const WRAPPERS = new Set(['if', 'propertyNames']);
/** Refused ones, which the suggestions need not name. */
const isServed = ([, property]: [string, unknown]): boolean => !('not' in (property as Schema));

const TYPES: Readonly<Record<string, string>> = {
  string: 'text', integer: 'a whole number', number: 'a number', boolean: 'true or false', object: 'an object', array: 'a list',
};

let compiled: ValidateFunction | undefined;

/** Finds every mistake in expectations; mockenv/settings/expectations.py finds the same ones. */
export function checkExpectations(json: unknown): Problem[] {
  // 30 ms that a host without MockServer need not spend.
  compiled ??= new Ajv({ allErrors: true, verbose: true, strict: false }).compile(schema);
  if (compiled(json)) return sameIds(json as readonly { readonly id?: string }[]);
  return (compiled.errors ?? []).filter(saysWhatIsWrong).map(toProblem);
}

/** MockServer would take the second one for a change of the first. */
function sameIds(expectations: readonly { readonly id?: string }[]): Problem[] {
  const first = new Map<string, number>();
  return expectations.flatMap(({ id }, index) => {
    const before = id === undefined ? undefined : first.get(id);
    if (id !== undefined && before === undefined) first.set(id, index);
    if (before === undefined) return [];
    return [{ path: [index, 'id'], wrong: `${quote(id)} is the id of ${keyOf([before])} too`, right: 'give each its own, or none' }];
  });
}

function saysWhatIsWrong({ keyword, schemaPath }: ErrorObject): boolean {
  return !WRAPPERS.has(keyword) && !schemaPath.includes('/oneOf/');
}

function toProblem(error: ErrorObject): Problem {
  const path = pathOf(error);
  const [wrong, right] = wordsOf(error, path);
  return { path, wrong, right };
}

function pathOf({ instancePath, keyword, params, propertyName }: ErrorObject): JsonPath {
  const steps = instancePath.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const path = steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  if (keyword === 'additionalProperties') return [...path, String(params['additionalProperty'])];
  return propertyName === undefined ? path : [...path, propertyName];
}

function wordsOf(error: ErrorObject, path: JsonPath): Words {
  const { keyword, params, data, propertyName } = error;
  const node = (error.parentSchema ?? {}) as Schema;
  const said = String(node['description'] ?? '');
  if (propertyName !== undefined) return ["this name can't be used", said];
  switch (keyword) {
    case 'additionalProperties':
      return ['unknown key', suggest(String(path.at(-1)), Object.entries(node['properties'] ?? {}).filter(isServed).map(([name]) => name))];
    case 'required':
      return [`the key ${params['missingProperty']} is missing`, `add ${params['missingProperty']}`];
    case 'oneOf':
      return ['needs exactly one action', said];
    case 'not':
      return ["this can't be used", said];
    default:
      return [`${quote(data)} can't be used`, rightValue(keyword, node, said)];
  }
}

function rightValue(keyword: string, node: Schema, said: string): string {
  switch (keyword) {
    case 'type':
      return said || `this is ${[node['type']].flat().map((type) => TYPES[String(type)] ?? type).join(' or ')}`;
    case 'enum':
      return said || `one of ${(node['enum'] as string[]).join(', ')}`;
    case 'minimum':
      return `at least ${node['minimum']}`;
    case 'exclusiveMinimum':
      return `more than ${node['exclusiveMinimum']}`;
    case 'maximum':
      return `at most ${node['maximum']}`;
    case 'minItems':
      return `at least ${node['minItems']} of them`;
    case 'maxItems':
      return `at most ${node['maxItems']} of them`;
    case 'maxLength':
      return `at most ${node['maxLength']} characters`;
    default:
      return said;
  }
}
