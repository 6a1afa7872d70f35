const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const QUOTED = String.raw`"(?:[\x0b\x20\x21\x23-\x5b\x5d-\x7e\x80-\xff]|\\[\x0b\x20-\xff])*"`;
const PARAMETER = `; *(${TOKEN}) *= *(${QUOTED}|${TOKEN}) *`;
const READABLE = new RegExp(`^${TOKEN}/${TOKEN}\\s*(?:${PARAMETER})*$`);
const PARAMETERS = new RegExp(PARAMETER, 'g');

/** A content type that is none, in the eyes of the Prism CLI's server framework. */
export class UnreadableTypeError extends Error {
  override readonly name = 'UnreadableTypeError';
}

/** The type itself, without its parameters; undefined where there is none to be read. */
export function mediaTypeOf(contentType: string): string | undefined {
  return READABLE.test(contentType) ? contentType.split(';', 1)[0]?.trim().toLowerCase() : undefined;
}

/**
 * The charset that a content type names, if it names one. As strict as that framework, which reads
 * the grammar of RFC 9110, section 8.3.1: every parameter has a value.
 * @throws UnreadableTypeError
 */
export function charsetOf(contentType: string): string | undefined {
  if (!READABLE.test(contentType)) throw new UnreadableTypeError(`'${contentType}' is no content type`);
  const charsets = [...contentType.matchAll(PARAMETERS)].filter(([, name]) => name?.toLowerCase() === 'charset');
  return charsets.at(-1)?.[2]?.replace(/^"|"$/g, '').replace(/\\(.)/g, '$1');
}
