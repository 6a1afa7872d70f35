import { DiagnosticSeverity } from '@stoplight/types';
import type { PrismAnswer } from './engine.ts';

type Diagnostic = PrismAnswer['validations']['input'][number];

/** As the Prism CLI bounds it, so that clients' 8 KB header limits hold. */
const MAX_CHARACTERS = 8 * 1024 - 100;

/** The value of the CLI's `sl-violations` header. */
export function toldViolations(ofRequest: readonly Diagnostic[], ofResponse: readonly Diagnostic[]): string {
  const told = [...ofRequest.map(tell('request')), ...ofResponse.map(tell('response'))];
  const text = JSON.stringify(told).replace(NOT_IN_HEADERS, escaped);
  if (text.length <= MAX_CHARACTERS) return text;
  return `Too many violations! ${text.slice(0, MAX_CHARACTERS)}`;
}

/** Headers hold Latin-1 only. The Prism CLI ends on a violation that tells of more; its JSON form can be escaped. */
const NOT_IN_HEADERS = /[^\t\x20-\x7e\x80-\xff]/g;

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function tell(part: 'request' | 'response'): (diagnostic: Diagnostic) => object {
  return ({ path, severity, code, message }) => ({
    location: [part, ...(path ?? [])],
    severity: DiagnosticSeverity[severity],
    code,
    message,
  });
}
