import type { IHttpParam } from '@stoplight/types';
import { setHeader, removeHeader } from '../draft.ts';
import { encode, headerText, pathText, queryTexts } from '../parameter_texts.ts';
import type { Twist } from '../twists.ts';
import { filledPath, valueOf, type Source } from '../valid_request.ts';
import { spoil } from '../wrong_values.ts';

/** As they stand in a query or path. */
const ODD_TEXTS = [
  '', '0', '-1', '1e3', '1.5', '007', '99999999999999999999', 'NaN', 'true', 'null', 'undefined', 'x', 'a,b', 'a|b',
  'a%20b', 'a+b', '%20', '%C3%BC', '%00', '%25', 'a%2Cb', '1,2,x', '[1,2]', '%7B%22x%22%3A1%7D', 'x,1,y,2',
  'x=1,y=2', '2024-13-01', "';--", 'y'.repeat(200),
];

/** What can follow the question mark and isn't a parameter of the document's. */
const ODD_QUERIES = [
  '', '&&', '=', '=x', 'a', 'a=', 'a=b=c', '%61=1', '%zz=1', 'a=%zz', 'a=%', 'a=%E2%82', 'a+b=c+d', 'a=?', 'a=/x',
  'a[]=1&a[]=2', 'a[b]=1', 'a[0]=1', '__proto__=1', 'constructor=1', 'toString=1', 'ü=1'.replace('ü', '%C3%BC'),
  'a=1;b=2', 'x'.repeat(500), 'a=1#fragment',
];

const ODD_COOKIES = ['', 'a', 'a=b; a=c', 'session=', 'theme=red', 'sid', '=; ;'];

export const parameterTwists: readonly Twist[] = [
  {
    name: 'parameter missing',
    weight: 4,
    apply: (draft, { random, operation }) => {
      const header = random.pickAny(operation.request?.headers ?? []);
      if (header && random.chance(0.5)) removeHeader(draft, header.name);
      else draft.query.splice(random.integer(0, Math.max(draft.query.length - 1, 0)), 1);
    },
  },
  {
    name: 'query value wrong',
    weight: 12,
    apply: (draft, source) => {
      const param = source.random.pickAny(source.operation.request?.query ?? []);
      if (!param) return;
      draft.query = draft.query.filter((text) => !text.startsWith(encode(param.name)));
      draft.query.push(...wrongQuery(param, source));
    },
  },
  {
    name: 'path value wrong',
    weight: 7,
    apply: (draft, source) => {
      const param = source.random.pickAny<IHttpParam>(source.operation.request?.path ?? []);
      if (param) draft.path = filledPath(source, new Map([[param.name, wrongPath(param, source)]]));
    },
  },
  {
    name: 'header value wrong',
    weight: 5,
    apply: (draft, source) => {
      const { random, operation } = source;
      const param = random.pickAny(operation.request?.headers ?? []);
      if (!param) return;
      const spoiled = headerText(param, spoil(valueOf(param, source), random));
      setHeader(draft, param.name, random.chance(0.5) ? decodeHeader(random.pick(ODD_TEXTS)) : spoiled);
    },
  },
  {
    name: 'query repeated',
    weight: 6,
    apply: (draft, { random }) => {
      const text = random.pickAny(draft.query);
      if (text === undefined) return;
      const again = random.chance(0.3) ? text : `${text.split('=')[0]}=${random.pick(ODD_TEXTS)}`;
      draft.query.splice(random.integer(0, draft.query.length), 0, again);
    },
  },
  {
    name: 'query in other letters',
    weight: 1,
    apply: (draft, { random }) => {
      const upper = (text: string): string => text.replace(/^[^=]+/, (name) => name.toUpperCase());
      draft.query = draft.query.map((text) => (random.chance(0.5) ? upper(text) : text));
    },
  },
  { name: 'query odd', weight: 4, apply: (draft, { random }) => void draft.query.push(random.pick(ODD_QUERIES)) },
  {
    name: 'cookie odd',
    weight: 1,
    apply: (draft, { random }) => setHeader(draft, 'cookie', random.pick(ODD_COOKIES)),
  },
];

function wrongQuery(param: IHttpParam, source: Source): string[] {
  const { random } = source;
  if (random.chance(0.5)) return [`${encode(param.name)}=${random.pick(ODD_TEXTS)}`];
  const style = random.pick(['form', 'spaceDelimited', 'pipeDelimited', 'deepObject', param.style as string]);
  return queryTexts({ name: param.name, style, explode: random.chance(0.5) }, spoil(valueOf(param, source), random));
}

function wrongPath(param: IHttpParam, source: Source): string {
  const { random } = source;
  if (random.chance(0.5)) return random.pick(ODD_TEXTS);
  const style = random.pick(['simple', 'label', 'matrix']);
  return pathText({ ...param, style }, spoil(valueOf(param, source), random));
}

function decodeHeader(text: string): string {
  return text.replace(/%[0-9A-F]{2}/g, '?');
}
