import type { IncomingMessage } from 'node:http';
import type { IHttpRequest } from '@stoplight/prism-http';
import typeIs from 'type-is';
import { UnreadableTypeError, charsetOf } from './content_type.ts';

const UNREADABLE = {
  invalid_json: { status: 400, message: 'Invalid JSON' },
  invalid_body: { status: 400, message: 'Invalid body' },
  internal_server_error: { status: 500, message: 'Internal Server Error' },
} as const;

/** A body that can't be understood, with the status, code and message the Prism CLI gives it. */
export class UnreadableBodyError extends Error {
  override readonly name = 'UnreadableBodyError';
  readonly status: number;
  readonly code: keyof typeof UNREADABLE;

  constructor(code: keyof typeof UNREADABLE) {
    super(UNREADABLE[code].message);
    this.code = code;
    this.status = UNREADABLE[code].status;
  }
}

type Query = NonNullable<IHttpRequest['url']['query']>;

const JSON_TYPES = ['application/json', 'application/*+json'];

/**
 * A request as Prism's library takes it. `target` is path and query within the mock; the path is
 * put in normal form as the Prism CLI does (dot segments, characters that need encoding). `body` is
 * null where none was announced. @throws UnreadableBodyError
 */
export function toPrismRequest(request: IncomingMessage, target: string, body: Buffer | null): IHttpRequest {
  const { pathname, search, searchParams } = new URL(`http://mock${target}`);
  const query = search === '' ? {} : toQuery(searchParams);
  const server = query['__server'];
  const baseUrl = Array.isArray(server) ? server[0] : server;
  return {
    method: (request.method ?? 'GET').toLowerCase() as IHttpRequest['method'],
    url: { path: pathname, query, ...(baseUrl ? { baseUrl } : {}) },
    headers: request.headers as NonNullable<IHttpRequest['headers']>,
    body: body && parseBody(request, body),
  };
}

/** A name given once is a text, given more often a list. */
function toQuery(searchParams: URLSearchParams): Query {
  const query: Query = {};
  for (const name of new Set(searchParams.keys())) {
    const values = searchParams.getAll(name);
    query[name] = values.length === 1 ? (values[0] as string) : values;
  }
  return query;
}

/** JSON where the content type says so, text otherwise. @throws UnreadableBodyError */
function parseBody(request: IncomingMessage, bytes: Buffer): unknown {
  const text = decode(bytes, readCharset(request));
  return typeIs(request, JSON_TYPES) ? parseJson(text) : text;
}

function readCharset({ headers }: IncomingMessage): string | undefined {
  try {
    return charsetOf(headers['content-type'] || 'text/plain');
  } catch (error) {
    throw error instanceof UnreadableTypeError ? new UnreadableBodyError('internal_server_error') : error;
  }
}

/** Where the web's standard takes Latin-1 for Windows-1252, the Prism CLI takes it at its word. */
const LATIN_1 = /^(?:iso[-_]?8859-?1|latin-?1)$/i;

function decode(bytes: Buffer, charset: string | undefined): string {
  if (charset === undefined) return bytes.toString('utf8');
  if (LATIN_1.test(charset)) return bytes.toString('latin1');
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    throw new UnreadableBodyError('invalid_body');
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableBodyError('invalid_json');
  }
}
