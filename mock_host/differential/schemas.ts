import type { IHttpOperation } from '@stoplight/types';

/** A JSON Schema as http-spec hands it over: draft 7 with what 2020-12 adds, undetermined in its details. */
export type Schema = Readonly<Record<string, unknown>>;

/** True and false are schemas too; what isn't one at all counts as "anything". */
export function asSchema(value: unknown): Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Schema) : {};
}

/** Follows references into the parts that an operation carries with it; only circular ones are left. */
export function createResolver(operation: IHttpOperation): (schema: Schema) => Schema {
  return (schema) => {
    let found = schema;
    for (let hops = 0; typeof found['$ref'] === 'string' && hops < MAX_HOPS; hops += 1)
      found = asSchema(at(operation, found['$ref']));
    return found;
  };
}

const MAX_HOPS = 8;

function at(root: unknown, pointer: string): unknown {
  const names = pointer.replace(/^#\/?/, '').split('/').map(unescapeName);
  return names.reduce<unknown>((node, name) => (node as Record<string, unknown> | undefined)?.[name], root);
}

function unescapeName(name: string): string {
  return decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~');
}

/** The first type that a schema names or implies. */
export function typeOf(schema: Schema): string | undefined {
  const { type } = schema;
  if (Array.isArray(type)) return type.find((name) => name !== 'null') as string | undefined;
  if (typeof type === 'string') return type;
  if (schema['properties'] !== undefined || schema['additionalProperties'] !== undefined) return 'object';
  return schema['items'] !== undefined || schema['prefixItems'] !== undefined ? 'array' : undefined;
}

export function propertiesOf(schema: Schema): [string, Schema][] {
  return Object.entries(asSchema(schema['properties'])).map(([name, property]) => [name, asSchema(property)]);
}

export function requiredOf(schema: Schema): string[] {
  return Array.isArray(schema['required']) ? (schema['required'] as string[]) : [];
}
