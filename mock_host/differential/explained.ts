import type { IHttpOperation } from '@stoplight/types';
import { isAnswer, type Answer, type Seen } from './client.ts';
import type { Difference } from './compare.ts';
import { headerOf, type Call } from './draft.ts';
import { isMisread } from './misread.ts';

export interface Comparison {
  readonly call: Call;
  readonly expected: Seen;
  readonly actual: Seen;
  readonly differences: readonly Difference[];
  /** Where the call leads, by Prism's own router; worked out only when asked for. */
  readonly operation: () => IHttpOperation | undefined;
}

/** A difference that stays, argued under its name in docs/prism-differences.md. */
export interface Explanation {
  readonly name: string;
  readonly explains: (comparison: Comparison) => boolean;
}

export const EXPLANATIONS: readonly Explanation[] = [
  {
    name: 'violations beyond Latin-1',
    explains: ({ expected, actual }) =>
      deathOf(expected).includes('Invalid character in header content ["sl-violations"]') &&
      isAnswer(actual) &&
      String(actual.headers['sl-violations']).includes('\\u'),
  },
  {
    name: 'the Prism CLI ends',
    explains: ({ call, expected, actual }) => {
      const death = deathOf(expected);
      return death !== '' && isAnswer(actual) && actual.status === 500 && (isHead(call) || isErrorOf(death, actual));
    },
  },
  {
    name: 'callback that the Prism CLI can not make',
    explains: ({ expected, actual, operation }) => {
      const hasEnded = deathOf(expected) !== '' && isAnswer(actual) && actual.status < 500;
      return hasEnded && (operation()?.callbacks ?? []).length > 0;
    },
  },
  {
    name: 'body that can not be read',
    explains: ({ call, expected, actual }) => {
      const isRefused = isTimeOut(expected) && isAnswer(actual) && actual.status === 400;
      return isRefused && (isHead(call) || UNREADABLE.test(textOf(actual)));
    },
  },
  {
    name: 'charset that the host does not know',
    explains: ({ call, expected, actual }) => {
      const isRefused = isAnswer(expected) && isAnswer(actual) && actual.status === 400;
      const named = /charset=(?:cp437|utf-7)$/.test(headerOf(call, 'content-type') ?? '');
      return isRefused && named && (isHead(call) || UNREADABLE.test(textOf(actual)));
    },
  },
  {
    name: 'path that begins with two slashes',
    explains: ({ call }) => /^(?:http:\/\/[^/]*)?\/[/\\]/.test(call.target),
  },
  {
    name: 'query parameter that the Prism CLI misreads',
    explains: ({ call, operation }) => {
      const found = call.target.includes('?') ? operation() : undefined;
      return found !== undefined && isMisread(found);
    },
  },
  {
    name: 'schemas that share an $id',
    explains: ({ operation, actual }) => {
      const found = isAnswer(actual) ? operation() : undefined;
      return found !== undefined && JSON.stringify(found.request).includes('"$id"');
    },
  },
  {
    name: 'headers over 16 KB',
    explains: ({ call, expected, actual }) => {
      const tooLarge = call.headers.flat().join('').length > MAX_PRISM_HEADER_CHARACTERS;
      return tooLarge && isAnswer(expected) && expected.status === 431 && isAnswer(actual);
    },
  },
];

/** Node's own limit is 16 KB, which the Prism CLI leaves as it is; names and values are a little less. */
const MAX_PRISM_HEADER_CHARACTERS = 16_000;

/** In the two forms of the CLI's server framework, JSON and text. */
const UNREADABLE =
  /^(?:\{"error":\{"code":"invalid_(?:json|body)","message":"Invalid (?:JSON|body)"\}\}|Invalid (?:JSON|body))$/;

export function explain(comparison: Comparison, explanations = EXPLANATIONS): Explanation | undefined {
  return explanations.find(({ explains }) => explains(comparison));
}

function isHead({ method }: Call): boolean {
  return method === 'HEAD';
}

function isTimeOut(seen: Seen): boolean {
  return !isAnswer(seen) && seen.silent === 'time-out';
}

function isErrorOf(death: string, answer: Answer): boolean {
  const title = titleOf(answer);
  return title !== undefined && death !== '' && death.endsWith(withoutNames(title));
}

/** Errors of the language itself quote the code, whose names are shorter in our bundle. */
function withoutNames(title: string): string {
  return title.replace(/^.*(?=\.\w+ is not a function$)/, '');
}

function deathOf(seen: Seen): string {
  return !isAnswer(seen) && seen.silent === 'died' ? seen.reason : '';
}

/** Of a problem of our host's. */
function titleOf(answer: Answer): string | undefined {
  try {
    const { title } = JSON.parse(textOf(answer)) as { title?: unknown };
    return typeof title === 'string' && title !== '' ? title : undefined;
  } catch {
    return undefined;
  }
}

function textOf({ body }: Answer): string {
  return body.toString();
}
