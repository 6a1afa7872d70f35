import core, { type AnySchema } from 'ajv/dist/core.js';

/**
 * Prism compiles schemas with validators (ajv) that live as long as the process, and remembers the
 * compiled ones itself. The validators remember them too, and refuse another schema with the `$id`
 * of one they know; Prism takes that refusal for "nothing to check". In a host that reloads
 * documents, or serves two with one `$id`, requests would pass unvalidated. So a schema is
 * forgotten there once it is compiled; Prism never asks for the same one again. To be imported
 * wherever Prism's validation is.
 */
const { prototype } = core.default;
const { compile } = prototype;

prototype.compile = function compileAndForget(this: typeof prototype, schema: AnySchema, meta?: boolean) {
  try {
    return compile.call(this, schema, meta);
  } finally {
    this.removeSchema(schema);
  }
} as typeof compile;
