import type { ServerResponse } from 'node:http';
import type { PrismHttpInstance } from '@stoplight/prism-http';
import { ProblemJsonError } from '@stoplight/prism-http/dist/types.js';
import { serialize } from '@stoplight/prism-http-server/dist/serialize.js';
import { DiagnosticSeverity } from '@stoplight/types';

type Result = Awaited<ReturnType<ReturnType<PrismHttpInstance['request']>>>;
export type PrismAnswer = Extract<Result, { _tag: 'Right' }>['right'];
type Output = PrismAnswer['output'];
type Diagnostic = PrismAnswer['validations']['input'][number];

/** As the Prism CLI bounds it, so that clients' 8 KB header limits hold. */
const MAX_VIOLATIONS_CHARACTERS = 8 * 1024 - 100;

interface Payload {
  readonly text: string | undefined;
  readonly bytes: number;
}

/** Writes answers out. An answer that comes again (the same object) is put into text only once. */
export class OutputWriter {
  readonly #payloads = new WeakMap<Output, Payload>();
  readonly #violations = new WeakMap<Output, string>();

  /** Sends what Prism answered, with the violations it found; an answer that can't be sent becomes an error. */
  send(response: ServerResponse, { output, validations }: PrismAnswer): void {
    try {
      if (validations.input.length + validations.output.length > 0)
        response.setHeader('sl-violations', this.#violationsOf(output, validations));
      for (const [name, value] of Object.entries(output.headers ?? {})) response.setHeader(name, value);
      this.#sendPayload(response, output);
    } catch (error) {
      sendError(response, error instanceof Error ? error : new Error(String(error)));
    }
  }

  #sendPayload(response: ServerResponse, output: Output): void {
    const { text, bytes } = this.#payloadOf(response, output);
    response.statusCode = output.statusCode;
    if (text === undefined) {
      response.end();
      return;
    }
    if (!response.hasHeader('content-type')) response.setHeader('Content-Type', 'text/plain; charset=utf-8');
    response.setHeader('Content-Length', bytes);
    response.end(text);
  }

  #payloadOf(response: ServerResponse, output: Output): Payload {
    const known = this.#payloads.get(output);
    if (known) return known;
    const text = serialize(output.body, response.getHeader('content-type') as string | undefined) as string | undefined;
    const payload = { text, bytes: text === undefined ? 0 : Buffer.byteLength(text) };
    this.#payloads.set(output, payload);
    return payload;
  }

  #violationsOf(output: Output, { input, output: found }: PrismAnswer['validations']): string {
    if (input.length > 0) return violationsHeader([...input.map(told('request')), ...found.map(told('response'))]);
    const known = this.#violations.get(output);
    if (known !== undefined) return known;
    const header = violationsHeader(found.map(told('response')));
    this.#violations.set(output, header);
    return header;
  }
}

/** Answers with an error of Prism's as an RFC 9457 problem. */
export function sendError(response: ServerResponse, error: Error): void {
  const { status, additional } = error as Partial<ProblemJsonError>;
  const text = JSON.stringify(ProblemJsonError.toProblemJson(error));
  response.setHeader('content-type', 'application/problem+json');
  for (const [name, value] of Object.entries(additional?.['headers'] ?? {})) response.setHeader(name, value as string);
  response.statusCode = status || 500;
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}

function violationsHeader(violations: readonly object[]): string {
  const text = JSON.stringify(violations).replace(NOT_IN_HEADERS, escaped);
  if (text.length <= MAX_VIOLATIONS_CHARACTERS) return text;
  return `Too many violations! ${text.slice(0, MAX_VIOLATIONS_CHARACTERS)}`;
}

/** Headers hold Latin-1 only. The Prism CLI ends on a violation that tells of more; its JSON form can be escaped. */
const NOT_IN_HEADERS = /[^\t\x20-\x7e\x80-\xff]/g;

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function told(part: 'request' | 'response'): (diagnostic: Diagnostic) => object {
  return ({ path, severity, code, message }) => ({
    location: [part, ...(path ?? [])],
    severity: DiagnosticSeverity[severity],
    code,
    message,
  });
}
