import type { Random } from './random.ts';
import { asSchema, propertiesOf, requiredOf, typeOf, type Schema } from './schemas.ts';

export interface ValueContext {
  readonly random: Random;
  readonly resolve: (schema: Schema) => Schema;
}

/** Deep enough for what documents describe, and an end for those that describe themselves. */
const MAX_DEPTH = 4;

const BY_FORMAT: Readonly<Record<string, readonly string[]>> = {
  date: ['2024-02-29', '1999-12-31'],
  'date-time': ['2024-02-29T12:30:00Z', '2024-01-01T00:00:00+02:00'],
  time: ['12:30:00Z'],
  email: ['a.b@example.com'],
  hostname: ['api.example.com'],
  ipv4: ['192.0.2.1'],
  ipv6: ['2001:db8::1'],
  uri: ['https://example.com/a?b=c'],
  'uri-reference': ['/a/b'],
  uuid: ['3f2504e0-4f89-41d3-9a0c-0305e82c3301'],
  byte: ['aGVsbG8='],
};

const WORDS = ['a', 'abc', 'two words', 'Größe', '1', 'true', 'ABC-123', 'v1.2', 'USD', '12345', 'abcdefgh'];

/** A value that fits the schema, as far as its patterns are among the usual ones. */
export function valueFor(raw: Schema, context: ValueContext, depth = 0): unknown {
  const schema = context.resolve(raw);
  const { random } = context;
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['enum']) && schema['enum'].length > 0) return random.pick(schema['enum'] as unknown[]);
  const given = exampleOf(schema);
  if (given !== undefined && random.chance(0.3)) return given;
  return combined(schema, context, depth) ?? made(schema, context, depth);
}

function exampleOf(schema: Schema): unknown {
  const { examples } = schema;
  return schema['example'] ?? (Array.isArray(examples) ? examples[0] : undefined) ?? schema['default'];
}

function combined(schema: Schema, context: ValueContext, depth: number): unknown {
  const alternatives = (schema['oneOf'] ?? schema['anyOf']) as unknown[] | undefined;
  const parts = Array.isArray(schema['allOf']) ? (schema['allOf'] as unknown[]).map(asSchema) : [];
  const chosen = Array.isArray(alternatives) ? [asSchema(context.random.pick(alternatives))] : [];
  if (parts.length + chosen.length === 0) return undefined;
  const own = typeOf(schema) === undefined ? [] : [made(schema, context, depth)];
  const values = [...own, ...[...parts, ...chosen].map((part) => valueFor(part, context, depth + 1))];
  return values.every(isObject) ? Object.assign({}, ...values) : values.at(-1);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function made(schema: Schema, context: ValueContext, depth: number): unknown {
  const { random } = context;
  if (allowsNull(schema) && random.chance(0.15)) return null;
  switch (typeOf(schema)) {
    case 'integer':
      return Math.round(numberFor(schema, random));
    case 'number':
      return numberFor(schema, random);
    case 'boolean':
      return random.chance(0.5);
    case 'array':
      return arrayFor(schema, context, depth);
    case 'object':
      return objectFor(schema, context, depth);
    case 'null':
      return null;
    default:
      return textFor(schema, random);
  }
}

function allowsNull({ type, nullable }: Schema): boolean {
  return nullable === true || (Array.isArray(type) && type.includes('null'));
}

function numberFor(schema: Schema, random: Random): number {
  const step = bound(schema['multipleOf']) ?? 1;
  const inside = typeOf(schema) === 'integer' ? 1 : step / 2;
  const least = bound(schema['minimum']) ?? above(schema['exclusiveMinimum'], inside) ?? 0;
  const most = bound(schema['maximum']) ?? above(schema['exclusiveMaximum'], -inside) ?? least + 40;
  return random.chance(0.3) ? random.pick([least, most]) : Math.floor(random.integer(least, most) / step) * step;
}

function bound(limit: unknown): number | undefined {
  return typeof limit === 'number' ? limit : undefined;
}

function above(limit: unknown, distance: number): number | undefined {
  return typeof limit === 'number' ? limit + distance : undefined;
}

function arrayFor(schema: Schema, context: ValueContext, depth: number): unknown[] {
  const first = (Array.isArray(schema['prefixItems']) ? schema['prefixItems'] : []) as unknown[];
  const least = Math.max(bound(schema['minItems']) ?? 0, first.length);
  const most = Math.max(least, Math.min(bound(schema['maxItems']) ?? 3, least + 2));
  const length = depth >= MAX_DEPTH ? least : context.random.integer(least, most);
  return Array.from({ length }, (_, index) =>
    valueFor(asSchema(first[index] ?? schema['items'] ?? schema['contains']), context, depth + 1),
  );
}

function objectFor(schema: Schema, context: ValueContext, depth: number): object {
  const required = requiredOf(schema);
  const wanted = propertiesOf(schema).filter(
    ([name]) => required.includes(name) || (depth < MAX_DEPTH && context.random.chance(0.6)),
  );
  const missing = required.filter((name) => !wanted.some(([known]) => known === name));
  return Object.fromEntries([
    ...wanted.map(([name, property]) => [name, valueFor(property, context, depth + 1)]),
    ...missing.map((name) => [name, valueFor(asSchema(schema['additionalProperties']), context, depth + 1)]),
  ]);
}

function textFor(schema: Schema, random: Random): string {
  const { format, pattern } = schema;
  const usual = typeof format === 'string' ? BY_FORMAT[format] : undefined;
  if (usual) return random.pick(usual);
  const words = typeof pattern === 'string' ? WORDS.filter((word) => matches(pattern, word)) : WORDS;
  const word = random.pickAny(words) ?? 'abc';
  const padded = word.padEnd(bound(schema['minLength']) ?? 0, 'x');
  return padded.slice(0, bound(schema['maxLength']) ?? padded.length);
}

function matches(pattern: string, word: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(word);
  } catch {
    return false;
  }
}
