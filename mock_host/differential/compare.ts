import { isAnswer, type Answer, type Seen } from './client.ts';

/** Set by Node's HTTP server, not by Prism; how long a connection is kept is each server's own choice. */
export const NOT_COMPARED = new Set(['date', 'connection', 'keep-alive']);

const SHOWN_CHARACTERS = 160;

/** One way in which two answers differ. */
export interface Difference {
  /** `status`, `body`, `silence` or `header NAME`. */
  readonly kind: string;
  readonly expected: string;
  readonly actual: string;
}

export function compare(expected: Seen, actual: Seen): Difference[] {
  if (!isAnswer(expected) || !isAnswer(actual)) return compareSilence(expected, actual);
  return [
    ...differing('status', statusLine(expected), statusLine(actual)),
    ...compareHeaders(expected, actual),
    ...differing('body', expected.body.toString('latin1'), actual.body.toString('latin1')),
  ];
}

/** Two servers that both don't answer agree, whatever their reasons. */
function compareSilence(expected: Seen, actual: Seen): Difference[] {
  return differing('silence', told(expected), told(actual));
}

function compareHeaders(expected: Answer, actual: Answer): Difference[] {
  const names = new Set([...Object.keys(expected.headers), ...Object.keys(actual.headers)]);
  return [...names]
    .filter((name) => !NOT_COMPARED.has(name))
    .flatMap((name) => differing(`header ${name}`, headerText(expected, name), headerText(actual, name)));
}

function statusLine({ status, reasonPhrase }: Answer): string {
  return `${status} ${reasonPhrase}`;
}

function headerText({ headers }: Answer, name: string): string {
  const value = headers[name];
  return value === undefined ? '(none)' : [value].flat().join('\n');
}

function differing(kind: string, expected: string, actual: string): Difference[] {
  return expected === actual ? [] : [{ kind, ...shown(expected, actual) }];
}

/** From where they part, with a little before it. */
function shown(expected: string, actual: string): Pick<Difference, 'expected' | 'actual'> {
  let same = 0;
  while (same < expected.length && expected[same] === actual[same]) same += 1;
  const from = Math.max(same - 40, 0);
  const cut = (text: string): string => (from > 0 ? '…' : '') + text.slice(from, from + SHOWN_CHARACTERS);
  return { expected: cut(expected), actual: cut(actual) };
}

export function told(seen: Seen): string {
  return isAnswer(seen) ? `answers ${seen.status}` : 'no answer';
}
