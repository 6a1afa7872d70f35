/** A document whose GET /a answers with the example `says`; in `more`, further parts of the document. */
export function documentThatSays(says: unknown, more: object = {}): object {
  return {
    openapi: '3.0.3',
    info: { title: 'T', version: '1' },
    paths: { '/a': { get: { responses: { '200': answering({ example: says }) } } } },
    ...more,
  };
}

/** The same, with what it says in another file. */
export function documentThatRefers(reference: string): object {
  return {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: { '/a': { get: { responses: { '200': answering({ schema: { $ref: reference } }) } } } },
  };
}

function answering(media: object): object {
  return { description: 'ok', content: { 'application/json': media } };
}
