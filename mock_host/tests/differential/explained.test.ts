import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { IHttpOperation } from '@stoplight/types';
import type { Seen } from '../../differential/client.ts';
import { compare } from '../../differential/compare.ts';
import type { Call } from '../../differential/draft.ts';
import { explain } from '../../differential/explained.ts';
import { answer, callTo } from '../support/differential_answers.ts';

const died = (reason: string): Seen => ({ silent: 'died', reason });
const silence: Seen = { silent: 'time-out', reason: '' };
const problem = (title: string): Seen => answer({ status: 500, body: Buffer.from(JSON.stringify({ title, status: 500 })) });

function explanation(expected: Seen, actual: Seen, call: Call = callTo('/a'), operation?: object): string | undefined {
  const differences = compare(expected, actual);
  return explain({ call, expected, actual, differences, operation: () => operation as IHttpOperation | undefined })?.name;
}

suite('what explains a difference', () => {
  test('nothing, mostly', () => {
    assert.equal(explanation(answer(), answer({ status: 404 })), undefined);
    assert.equal(explanation(answer(), silence), undefined);
    assert.equal(explanation(silence, answer()), undefined);
    assert.equal(explanation(died('Error: x'), answer()), undefined);
  });

  test('the CLI ended on the very error that the host answers with', () => {
    assert.equal(explanation(died('URIError: URI malformed'), problem('URI malformed')), 'the Prism CLI ends');
    assert.equal(explanation(died('URIError: URI malformed'), problem('something else')), undefined);
    assert.equal(explanation(died('TypeError: value.split is not a function'), problem('e.split is not a function')), 'the Prism CLI ends');
  });

  test('it ended on a callback, which the host does not make', () => {
    const death = died("TypeError: Cannot read properties of null (reading 'split')");
    const accepted = answer({ status: 202 });
    const name = 'callback that the Prism CLI can not make';
    assert.equal(explanation(death, accepted, callTo('/a'), { request: {}, callbacks: [{ key: 'paid' }] }), name);
    assert.equal(explanation(death, accepted, callTo('/a'), { request: {}, callbacks: [] }), undefined);
    assert.equal(explanation(death, accepted, callTo('/a'), { request: {} }), undefined);
    assert.equal(explanation(death, silence, callTo('/a'), { request: {}, callbacks: [{ key: 'paid' }] }), undefined);
  });

  test('it ended on characters that headers lack, which the host escapes', () => {
    const reason = 'TypeError [ERR_INVALID_CHAR]: Invalid character in header content ["sl-violations"]';
    assert.equal(explanation(died(reason), answer({ headers: { 'sl-violations': '\\u03bb' } })), 'violations beyond Latin-1');
    assert.equal(explanation(died(reason), answer()), undefined);
  });

  test('it waits for ever for a body that it can not read', () => {
    const refusal = (text: string): Seen => answer({ status: 400, body: Buffer.from(text) });
    assert.equal(explanation(silence, refusal('{"error":{"code":"invalid_json","message":"Invalid JSON"}}')), 'body that can not be read');
    assert.equal(explanation(silence, refusal('Invalid body')), 'body that can not be read');
    assert.equal(explanation(silence, refusal('{"other":1}')), undefined);
  });

  test('it knows a charset that Node does not', () => {
    const refusal = answer({ status: 400, body: Buffer.from('Invalid body') });
    const posted = (type: string): Call => callTo('/a', { method: 'POST', headers: [['content-type', type]] });
    assert.equal(explanation(answer(), refusal, posted('text/plain; charset=cp437')), 'charset that the host does not know');
    assert.equal(explanation(answer(), refusal, posted('text/plain; charset=utf-8')), undefined);
  });

  test('it takes a path for a host', () => {
    for (const target of ['//a/b', '/\\a', 'http://host//a'])
      assert.equal(explanation(answer(), answer({ status: 404 }), callTo(target)), 'path that begins with two slashes');
    assert.equal(explanation(answer(), answer({ status: 404 }), callTo('/a//b')), undefined);
  });

  test('it knows a query parameter by another name', () => {
    const query = [{ id: '1', name: 'page[size]', style: 'form', explode: true, explicitProperties: [] }];
    const operation = { method: 'get', path: '/a', responses: [], request: { query } };
    const name = 'query parameter that the Prism CLI misreads';
    assert.equal(explanation(answer(), answer({ status: 422 }), callTo('/a?page[size]=x'), operation), name);
    assert.equal(explanation(answer(), answer({ status: 422 }), callTo('/a'), operation), undefined);
    const plain = { ...operation, request: { query: [{ ...query[0], name: 'size', schema: { type: 'integer' } }] } };
    assert.equal(explanation(answer(), answer({ status: 422 }), callTo('/a?size=x'), plain), undefined);
  });

  test('it bounds headers as Node does', () => {
    const large = callTo('/a', { headers: [['x', 'y'.repeat(20_000)]] });
    assert.equal(explanation(answer({ status: 431 }), answer(), large), 'headers over 16 KB');
    assert.equal(explanation(answer({ status: 431 }), answer()), undefined);
  });
});
