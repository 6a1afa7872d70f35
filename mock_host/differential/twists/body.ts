import { BOUNDARY } from '../body_texts.ts';
import { removeHeader, setHeader, type Draft } from '../draft.ts';
import type { Random } from '../random.ts';
import type { Twist } from '../twists.ts';
import { addBody } from '../valid_request.ts';
import { spoil } from '../wrong_values.ts';

const TYPES = [
  'application/json', 'application/xml', 'text/plain', 'text/html', 'image/png', 'application/octet-stream',
  'application/x-www-form-urlencoded', 'application/problem+json', 'application/vnd.example.v1+json',
  'application/json-patch+json', 'application/*', '*/*', `multipart/form-data; boundary=${BOUNDARY}`,
  `multipart/mixed; boundary=${BOUNDARY}`,
];

/** Parameters of a content type, and texts that are none. */
const ODD_TYPES = [
  'application/json; charset=utf-8', 'application/json;charset="UTF-8"', 'APPLICATION/JSON',
  'application/json; version=2', 'text/plain; charset=utf-16le', 'text/plain; charset=iso-8859-1',
  'text/plain; charset=windows-1252', 'text/plain; charset=utf8', 'text/plain; charset=shift_jis',
  'text/plain; charset=', 'text/plain; charset=nonsense', 'text/plain; charset=cp437', 'text/plain;', 'text/plain; a', 'json',
  'application',
  'application/', '/json', 'application/json/x', 'a b/c', '', ';', 'text/plain, application/json',
  'application/x-www-form-urlencoded; charset=utf-8', 'multipart/form-data', 'multipart/form-data; boundary=',
  'multipart/form-data; boundary="a b"', 'application/json; =',
];

const FORM_TEXTS = [
  '', '&', '=', 'a', 'a=', 'a=b&a=c', 'count=1', 'count=x&names=a&names=b', 'count=1&listed=1,2',
  'count=1&listed=1&listed=x', 'count=1&piped=1|2', 'count=1&where%5Bx%5D=1', 'count=1&items=%7B%22id%22%3A1%7D',
  'count=1&items={"id":1},{"id":2}', 'count=1&items={"id":', 'count=%zz', '%zz=1', 'count=1&raw=a/b?c',
  'count=1&names=a/b', 'name=a+b%20c', 'name=%E2%82%AC&csv=1,2', 'csv=x',
];

const MULTIPART_TEXTS = [
  '', 'no parts', `--${BOUNDARY}--`, `--${BOUNDARY}\r\n\r\n1\r\n--${BOUNDARY}--`, part('id', '1'), part('id', 'x'),
  part('id', '1') + part('id', '2'), part('note', 'much too long'), part('id', '1').replaceAll('\r\n', '\n'),
  `--${BOUNDARY}\r\nContent-Disposition: form-data\r\n\r\n1\r\n--${BOUNDARY}--`,
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="id"`,
  part('id', '1').replace('\r\n\r\n', '; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'), part('größe', '1'),
  part('meta', '{"a":1}'), part('tags', 'a,b'),
];

const JSON_TEXTS = [
  'null', 'true', '0', '""', '[]', '{}', '[{}]', '{"a":1,"a":2}', ' {"a": 1}\n', '{"__proto__":{"a":1}}',
  '{"id":1e400}', '{"id":12345678901234567890}', '"\\ud800"', '{"größe":"ü"}',
];

/** The Prism CLI never answers these, so that each costs a time-out. */
const BROKEN_JSON_TEXTS = ['{', '', '{"a":}', "{'a':1}", 'undefined', '[1,]', '\ufeff{}', '{"a":1}x'];

const TEXT_TYPES = ['text/plain', 'text/plain; charset=latin1', 'application/octet-stream'];

const ODD_BYTES = Buffer.from([0xff, 0xfe, 0xe9, 0x80, 0]);

/** Read by both, and refused by both. */
const HUGE_BYTES = [1024 * 1024, 10 * 1024 * 1024 + 1];

export const bodyTwists: readonly Twist[] = [
  { name: 'body missing', weight: 3, apply: (draft) => void (draft.body = undefined) },
  { name: 'body without type', weight: 2, apply: (draft) => removeHeader(draft, 'content-type') },
  {
    name: 'body wrong',
    weight: 9,
    apply: (draft, source) => addBody(draft, source, (value) => spoiled(value, source.random)),
  },
  {
    name: 'body where none belongs',
    weight: 2,
    apply: (draft, { random }) => {
      draft.body = Buffer.from(random.pick(JSON_TEXTS));
      if (random.chance(0.7)) setHeader(draft, 'content-type', 'application/json');
    },
  },
  retyping('body of another type', 4, TYPES),
  retyping('content type odd', 4, ODD_TYPES),
  replacing('form odd', 3, 'application/x-www-form-urlencoded', FORM_TEXTS),
  replacing('multipart odd', 3, `multipart/form-data; boundary=${BOUNDARY}`, MULTIPART_TEXTS),
  replacing('JSON odd', 3, 'application/json', JSON_TEXTS),
  replacing('JSON broken', 0.2, 'application/json', BROKEN_JSON_TEXTS),
  {
    name: 'bytes odd',
    weight: 1,
    apply: (draft, { random }) => setTyped(draft, random.pick(TEXT_TYPES), ODD_BYTES, random),
  },
  {
    name: 'body huge',
    weight: 0.06,
    apply: (draft, { random }) => setTyped(draft, 'text/plain', Buffer.alloc(random.pick(HUGE_BYTES), 'x'), random),
  },
  { name: 'body chunked', weight: 2, apply: (draft) => void (draft.chunked = true) },
];

function spoiled(value: unknown, random: Random): unknown {
  return random.chance(0.3) ? spoil(spoil(value, random), random) : spoil(value, random);
}

/** Keeps the body, if there is one, and calls it something else. */
function retyping(name: string, weight: number, types: readonly string[]): Twist {
  return {
    name,
    weight,
    apply: (draft, { random }) => setTyped(draft, random.pick(types), draft.body ?? Buffer.from('{"a":"ü"}'), random),
  };
}

function replacing(name: string, weight: number, type: string, texts: readonly string[]): Twist {
  return { name, weight, apply: (draft, { random }) => setTyped(draft, type, Buffer.from(random.pick(texts)), random) };
}

/** Seldom with GET, whose bodies say little. */
function setTyped(draft: Draft, type: string, body: Buffer, random: Random): void {
  if (draft.method === 'GET' && random.chance(0.8)) return;
  setHeader(draft, 'content-type', type);
  draft.body = body;
}

function part(name: string, value: string): string {
  return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n--${BOUNDARY}--\r\n`;
}
