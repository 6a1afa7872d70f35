import type { IHttpOperation } from '@stoplight/types';
import type { Call } from './http_client.ts';

const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const multipart = { 'content-type': 'multipart/form-data; boundary=b' };
const origin = { origin: 'https://app.example.com' };

/** What is tried at every operation: headers, query and body, valid, invalid and odd. */
const VARIATIONS: readonly Omit<Call, 'target' | 'method'>[] = [
  {},
  ...['application/json', 'application/xml', 'text/csv', 'text/plain', '*/*', 'image/png', 'text/*;q=0.3, application/json;q=0.2'].map(
    (accept) => ({ headers: { accept } }),
  ),
  ...['code=200', 'code=201', 'code=404', 'code=418', 'code=abc', 'example=two', 'example=wrong', 'example=missing'].map(
    (prefer) => ({ headers: { prefer } }),
  ),
  { headers: { prefer: 'dynamic=true, seed=7' } },
  { headers: { prefer: 'dynamic=perhaps' } },
  { headers: { prefer: 'code=404, example=two' } },
  { headers: { ...origin, cookie: 'session=a; other=b' } },
  { headers: { authorization: 'Bearer theirs' } },
  { headers: { authorization: 'Basic dXNlcjpwYXNz' } },
  { headers: { 'x-key': 'k', 'x-trace': 'no-uuid' } },
  { headers: json, body: '{"id":1,"note":null,"name":"a"}' },
  { headers: json, body: '{"id":"one"}' },
  { headers: json, body: '' },
  { headers: { 'content-type': 'application/vnd.x+json; charset=utf-8' }, body: '{"id":2}' },
  { headers: { 'content-type': 'text/plain; charset=latin1' }, body: Buffer.from('gr\u00fc\u00dfe', 'latin1') },
  { headers: { 'content-type': 'text/plain; charset=nonsense' }, body: 'text' },
  { headers: form, body: 'id=3&note=a+b%20c' },
  { headers: form, body: 'note=only' },
  { headers: multipart, body: '--b\r\nContent-Disposition: form-data; name="id"\r\n\r\n4\r\n--b--\r\n' },
  { headers: { 'content-type': 'multipart/form-data' }, body: 'no boundary' },
  { headers: { 'content-type': 'image/png' }, body: 'png' },
  { body: 'no type' },
];

const QUERIES = [
  '?limit=5&tag=new&tag=old',
  '?limit=500&tag=other',
  '?limit=x',
  '?ids=1|2|3&filter%5Bage%5D=4',
  '?ids=1|x&filter%5Bage%5D=y',
  '?since=yesterday',
  '?since=2024-01-01T00:00:00Z',
  '?__code=404',
  '?__example=two',
  '?__dynamic=maybe',
  '?__server=https://api.example.com/v1',
  '?__server=https://eu.example.com/v9',
  '?__server=https://nowhere.example.com',
  '?',
  '?&&=&a=%zz&limit=2#fragment',
];

const OTHER_METHODS = ['HEAD', 'OPTIONS', 'PATCH', 'DELETE', 'PUT', 'TRACE', 'PROPFIND'];

const ODD_PATHS = ['/', '/none', '/none/of/these', '/a%2Fb', '/%zz', '/a/../b', '/./x', '/%2e%2e/x', '/a b'.replace(' ', '%20'), '/ü'.replace('ü', '%C3%BC')];

/** Requests for each operation of a document, and around them. */
export function derivedCalls(operations: readonly IHttpOperation[]): Call[] {
  const paths = [...new Set(operations.map(({ path }) => path))].flatMap((path) => [filled(path, '1'), filled(path, 'x.y')]);
  return [
    ...operations.flatMap(callsFor),
    ...[...new Set(paths)].flatMap((target) => [
      ...OTHER_METHODS.map((method) => ({ method, target })),
      { method: 'OPTIONS', target, headers: { ...origin, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'x-a' } },
      ...(target === '/' ? [] : [{ target: `${target}/` }]),
      { target: target.toUpperCase() },
    ]),
    ...ODD_PATHS.map((target) => ({ target })),
  ];
}

function callsFor({ method, path }: IHttpOperation): Call[] {
  const upper = method.toUpperCase();
  const target = filled(path, '1');
  return [
    ...VARIATIONS.map((variation) => ({ ...variation, method: upper, target })),
    ...QUERIES.map((query) => ({ method: upper, target: target + query })),
    { method: upper, target: filled(path, 'not-a-number') },
    { method: upper, target: filled(path, 'a%20b') },
  ];
}

function filled(path: string, value: string): string {
  return path.replace(/{[^}]+}/g, value);
}
