import { getLocationForJsonPath, parseWithPointers } from '@stoplight/json';
import { messageOf } from '../errors.ts';
import type { Failure } from '../reload/load.ts';
import { checkExpectations } from './check.ts';
import { keyOf, type JsonPath, type Problem } from './problem.ts';

/** An expectation as its author wrote it, numbers digit by digit. */
export type Expectation = Readonly<Record<string, unknown>>;

/** What can't be used; `line` is one-based, missing where it isn't known. */
export type Unusable = Omit<Failure, 'file'>;

/** As much as MockServer takes in one request. */
const LARGEST_BYTES = 10_000_000;
const LINE = /\(line (\d+) column/;

/** Reads a file's text as MockServer expectations, or says what is wrong with it. */
export function readExpectations(text: string): readonly Expectation[] | Unusable {
  if (text.length > LARGEST_BYTES) return { reason: `is too large: at most ${LARGEST_BYTES / 1_000_000} MB of expectations are read.` };
  try {
    const problems = checkExpectations(JSON.parse(withoutMark(text)));
    return problems.length > 0 ? tell(text, problems) : parseExactly(withoutMark(text));
  } catch (error) {
    return notJson(text, error);
  }
}

export function isUnusable(read: readonly Expectation[] | Unusable): read is Unusable {
  return !Array.isArray(read);
}

/** JavaScript's numbers are not those of JSON: an id of 20 digits, or 1.0, must reach a caller as written. */
function parseExactly(text: string): readonly Expectation[] {
  const asWritten = (_: string, value: unknown, { source }: { source?: string }): unknown =>
    typeof value === 'number' && source !== undefined && source !== String(value) ? rawJson(source) : value;
  return JSON.parse(text, asWritten as (key: string, value: unknown) => unknown) as readonly Expectation[];
}

/** In Node 24; TypeScript's ES2024 does not know it yet. */
const { rawJSON: rawJson } = JSON as unknown as { readonly rawJSON: (text: string) => unknown };

function tell(text: string, problems: readonly Problem[]): Unusable {
  const [{ path, wrong, right }] = problems as [Problem];
  const more = problems.length === 1 ? '' : ` (${problems.length - 1} more; mockenv check lists them)`;
  const key = keyOf(path);
  return { line: lineOf(text, path), reason: `${key === '' ? '' : `${key}: `}${wrong}; ${right}${more}` };
}

function lineOf(text: string, path: JsonPath): number {
  const location = getLocationForJsonPath(parseWithPointers(text), [...path], true);
  return (location?.range.start.line ?? 0) + 1;
}

function notJson(text: string, error: unknown): Unusable {
  const message = messageOf(error);
  if (!(error instanceof SyntaxError)) return { reason: `can't be read: ${message}` };
  const line = LINE.exec(message)?.[1];
  return { line: line === undefined ? text.trimEnd().split('\n').length : Number(line), reason: `is not valid JSON: ${message}` };
}

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
