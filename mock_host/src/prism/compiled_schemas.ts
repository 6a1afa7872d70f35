import core, { type AnySchema } from 'ajv/dist/core.js';

/** Where a validator keeps what the code that it writes refers to, by prefix of names. */
interface Scope {
  readonly _values: Record<string, Map<unknown, unknown>>;
  readonly _scope: Record<string, unknown[]>;
}

/**
 * Prism compiles schemas with validators (ajv 8) that live as long as the process, and remembers
 * the compiled ones itself, for as long as their document lives. The validators remember for ever:
 *
 * - schemas by `$id`, and refuse another one with the same; Prism takes that refusal for "nothing
 *   to check". In a host that reloads documents, or serves two with one `$id`, requests would pass
 *   unvalidated.
 * - in their scope, whatever compiled code refers to: with GitHub's description loaded again and
 *   again, 90 MB more each time. The code itself took what it needs when it was made.
 *
 * So both are forgotten once a schema is compiled; Prism never asks for the same one again. To be
 * imported wherever Prism's validation is.
 */
const { prototype } = core.default;
const { compile } = prototype;

prototype.compile = function compileAndForget(this: typeof prototype, schema: AnySchema, meta?: boolean) {
  const scope = this.scope as unknown as Scope;
  const sizes = sizesOf(scope);
  try {
    return compile.call(this, schema, meta);
  } finally {
    this.removeSchema(schema);
    forgetNewer(scope, sizes);
  }
} as typeof compile;

function sizesOf({ _values: values }: Scope): ReadonlyMap<string, number> {
  return new Map(Object.entries(values).map(([prefix, named]) => [prefix, named.size]));
}

/** Both hold what came later further back. */
function forgetNewer({ _values: values, _scope: referred }: Scope, sizes: ReadonlyMap<string, number>): void {
  for (const [prefix, named] of Object.entries(values)) {
    const kept = sizes.get(prefix) ?? 0;
    for (const key of [...named.keys()].slice(kept)) named.delete(key);
    referred[prefix]?.splice(kept);
  }
}
