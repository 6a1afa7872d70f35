import { validateHeaderName, validateHeaderValue, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { ProblemJsonError } from '@stoplight/prism-http/dist/types.js';
import { serialize } from '@stoplight/prism-http-server/dist/serialize.js';
import { crossOriginHeaders } from './cross_origin.ts';
import type { PrismAnswer } from './engine.ts';
import { toldViolations } from './violations.ts';

type Output = PrismAnswer['output'];

/** A header's value: a list for a header that is sent several times. */
type HeaderValue = string | number | readonly string[];

/** An answer ready to be written: what Prism's library decided, with what its CLI says around it. */
export interface Message {
  readonly status: number;
  /** Flat: `[name, value, …]`. */
  readonly headers: readonly HeaderValue[];
  /** Undefined: there is none. */
  readonly text: string | undefined;
  /** Of the text, as UTF-8. */
  readonly bytes: number;
}

export interface Asked {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
}

interface Payload {
  readonly text: string | undefined;
  readonly bytes: number;
}

/** Makes messages. An output that comes again (the same object) is put into text only once. */
export class MessageMaker {
  readonly #payloads = new WeakMap<Output, Payload>();
  readonly #violations = new WeakMap<Output, string>();

  /** What can't be sent (a body its type has no form for, a header that HTTP has none for) becomes an error. */
  make({ output, validations }: PrismAnswer, asked: Asked): Message {
    const headers = new HeaderLines(crossOriginHeaders(asked.headers));
    try {
      if (validations.input.length + validations.output.length > 0)
        headers.set('sl-violations', this.#violationsOf(output, validations));
      for (const [name, value] of Object.entries(output.headers ?? {})) headers.set(name, value);
      return this.#withPayload(output, headers, asked);
    } catch (error) {
      // As in the CLI, what was set before stays.
      return problem(error instanceof Error ? error : new Error(String(error)), headers);
    }
  }

  #withPayload(output: Output, headers: HeaderLines, { method }: Asked): Message {
    const { text, bytes } = this.#payloadOf(output, headers.get('content-type'));
    if (text !== undefined) {
      if (headers.get('content-type') === undefined) headers.set('Content-Type', 'text/plain; charset=utf-8');
      headers.set('Content-Length', bytes);
    } else if (mayHaveBody(output.statusCode, method)) headers.set('Content-Length', 0);
    return { status: output.statusCode, headers: headers.flat(), text, bytes };
  }

  #payloadOf(output: Output, contentType: HeaderValue | undefined): Payload {
    const known = this.#payloads.get(output);
    if (known) return known;
    const text = serialize(output.body, contentType as string | undefined) as string | undefined;
    const payload = { text, bytes: text === undefined ? 0 : Buffer.byteLength(text) };
    this.#payloads.set(output, payload);
    return payload;
  }

  /** Those of the output are the same every time; those of the input are the request's. */
  #violationsOf(output: Output, { input, output: found }: PrismAnswer['validations']): string {
    if (input.length > 0) return toldViolations(input, found);
    const known = this.#violations.get(output) ?? toldViolations([], found);
    this.#violations.set(output, known);
    return known;
  }
}

/** An error of Prism's as an RFC 9457 problem. */
export function problemMessage(error: Error, { headers }: Asked): Message {
  return problem(error, new HeaderLines(crossOriginHeaders(headers)));
}

function problem(error: Error, headers: HeaderLines): Message {
  const { status, additional } = error as Partial<ProblemJsonError>;
  const text = JSON.stringify(ProblemJsonError.toProblemJson(error));
  const bytes = Buffer.byteLength(text);
  headers.set('content-type', 'application/problem+json');
  for (const [name, value] of Object.entries(additional?.['headers'] ?? {})) headers.set(name, value as HeaderValue);
  headers.set('Content-Length', bytes);
  return { status: status || 500, headers: headers.flat(), text, bytes };
}

/** Writes a message, and says how many bytes its body has on the wire. */
export function sendMessage(
  response: ServerResponse,
  { method }: Asked,
  { status, headers, text, bytes }: Message,
  ownHeaders: readonly string[],
): number {
  response.writeHead(status, ownHeaders.length === 0 ? (headers as string[]) : ([...headers, ...ownHeaders] as string[]));
  response.end(text);
  return method === 'HEAD' ? 0 : bytes;
}

/** Headers in the order they were first set, whatever the case of their names; the last value counts. */
class HeaderLines {
  readonly #lines = new Map<string, [name: string, value: HeaderValue]>();

  constructor(flat: readonly string[]) {
    for (let index = 0; index + 1 < flat.length; index += 2) this.set(flat[index] as string, flat[index + 1] as string);
  }

  get(name: string): HeaderValue | undefined {
    return this.#lines.get(name)?.[1];
  }

  set(name: string, value: HeaderValue): void {
    validateHeaderName(name);
    validateHeaderValue(name, value as string);
    this.#lines.set(name.toLowerCase(), [name, value]);
  }

  flat(): HeaderValue[] {
    return [...this.#lines.values()].flat(1);
  }
}

/** Where HTTP knows no body, there is no length to tell either. */
function mayHaveBody(status: number, method: string): boolean {
  return method !== 'HEAD' && status >= 200 && status !== 204 && status !== 304;
}
