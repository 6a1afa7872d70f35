import { setHeader, type Draft } from '../draft.ts';
import { encode } from '../parameter_texts.ts';
import type { Random } from '../random.ts';
import type { Twist } from '../twists.ts';
import type { Source } from '../valid_request.ts';

const MALFORMED = [
  'code', 'code=', 'code=abc', 'code=2', 'code=20', 'code=2000', 'code="200"', 'code= 200', 'code=200 ', 'Code=200',
  'CODE=200', 'dynamic', 'dynamic=', 'dynamic=1', 'dynamic=TRUE', 'dynamic=perhaps', 'example', 'example=',
  'example="first"', 'return=minimal', 'respond-async, wait=10', ',', ';', '=', '"', 'code=404;example=first',
  'code:404', 'code=404,code=200', 'a=b; code=404', 'code=-40', 'code=+40', 'seed', 'x'.repeat(600),
];

const CODES = [
  '100', '200', '201', '202', '203', '204', '206', '299', '301', '304', '400', '401', '404', '409', '410', '415',
  '422', '500', '503', '599', '000', '099', '600', '999',
];

const EXAMPLES = [
  'first', 'wrong', 'linked', 'shared', 'default', 'missing', 'gone', 'never', 'other', 'two', 'none', 'ünknown',
];

const MEDIA_TYPES = [
  'application/json', 'application/xml', 'text/plain', 'text/html', 'text/csv', 'image/png', 'application/pdf',
  'application/problem+json', 'application/vnd.thing.v2+json', 'application/*', 'text/*', '*/*',
  'application/json; charset=utf-8', 'application/json;version=1', 'application/json;version=9',
  'text/plain;format=flowed', 'APPLICATION/JSON', 'application/*+json', 'application/soap+xml',
];

const QUALITIES = ['0', '0.1', '0.5', '0.9', '1', '0.333'];

const ODD_ACCEPTS = [
  '', ',', ';', '*', 'json', 'application', 'application/', '/', '*/json', 'application/json;',
  'application/json;q=', 'application/json;q=2', 'application/json;q=-1', 'application/json;q=abc',
  'text/plain;q="0.5"', '"', 'application/json application/xml',
];

export const negotiationTwists: readonly Twist[] = [
  {
    name: 'prefer',
    weight: 10,
    apply: (draft, source) => {
      setHeader(draft, 'prefer', stated(wishes(source)).join(source.random.pick([', ', ',', '; '])));
    },
  },
  {
    name: 'prefer malformed',
    weight: 3,
    apply: (draft, { random }) => setHeader(draft, 'prefer', random.pick(MALFORMED)),
  },
  {
    name: 'prefer repeated',
    weight: 1,
    apply: (draft, source) => {
      for (const text of stated([...wishes(source), ...wishes(source)])) draft.headers.push(['prefer', text]);
    },
  },
  {
    name: 'prefer by query',
    weight: 4,
    apply: (draft, source) =>
      void draft.query.push(...wishes(source).map(([name, wish]) => `__${name}=${encode(wish)}`)),
  },
  { name: 'prefer dynamic', weight: 3, apply: (draft, { random }) => preferDynamic(draft, random) },
  { name: 'accept', weight: 8, apply: (draft, source) => setHeader(draft, 'accept', acceptOf(source)) },
  { name: 'accept odd', weight: 2, apply: (draft, { random }) => setHeader(draft, 'accept', random.pick(ODD_ACCEPTS)) },
  {
    name: 'accept repeated',
    weight: 1,
    apply: (draft, source) => {
      for (const accept of [acceptOf(source), acceptOf(source)]) draft.headers.push(['Accept', accept]);
    },
  },
];

/** `code`, `example` or both, mostly such as the document has. */
function wishes({ operation: { responses }, random }: Source): [string, string][] {
  const response = random.pickAny(responses);
  const known = response?.contents?.flatMap(({ examples = [] }) => examples.map(({ key }) => key)) ?? [];
  const own = (response?.code ?? '200').replace('XX', '07').replace('default', '418');
  const code = random.chance(0.6) ? own : random.pick(CODES);
  const example = headerSafe(random.chance(0.6) ? (random.pickAny(known) ?? 'first') : random.pick(EXAMPLES));
  const names = random.pick([['code'], ['example'], ['code', 'example'], ['dynamic', 'code']]);
  const chosen: Readonly<Record<string, string>> = { code, example, dynamic: 'false' };
  return names.map((name) => [name, chosen[name] as string]);
}

function stated(wished: readonly [string, string][]): string[] {
  return wished.map(([name, wish]) => `${name}=${wish}`);
}

function headerSafe(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?');
}

function preferDynamic(draft: Draft, random: Random): void {
  const more = random.pick(['', ', code=200', ', example=first', ', seed=7', ', seed=abc', ', code=404']);
  if (random.chance(0.8)) setHeader(draft, 'prefer', `dynamic=true${more}`);
  else draft.query.push('__dynamic=true', ...(random.chance(0.5) ? ['__seed=7'] : []));
}

function acceptOf({ operation: { responses }, random }: Source): string {
  const known = responses.flatMap(({ contents = [] }) => contents.map(({ mediaType }) => mediaType));
  const one = (): string => {
    const type = (random.chance(0.5) ? random.pickAny(known) : undefined) ?? random.pick(MEDIA_TYPES);
    return random.chance(0.4) ? `${type};q=${random.pick(QUALITIES)}` : type;
  };
  return Array.from({ length: random.integer(1, 3) }, one).join(random.pick([', ', ',']));
}
