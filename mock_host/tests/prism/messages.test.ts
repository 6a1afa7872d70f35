import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { PrismAnswer } from '../../src/prism/engine.ts';
import { MessageMaker, problemMessage } from '../../src/prism/messages.ts';

const GET = { method: 'GET', headers: {} };
const HEAD = { method: 'HEAD', headers: {} };

const answer = (output: object): PrismAnswer =>
  ({ output: { statusCode: 200, ...output }, validations: { input: [], output: [] } }) as unknown as PrismAnswer;

const headersOf = (flat: readonly unknown[]): Record<string, unknown> =>
  Object.fromEntries(flat.flatMap((name, index) => (index % 2 === 0 ? [[String(name), flat[index + 1]]] : [])));

suite('a message', () => {
  test('has the text, its length in bytes, and the type that the document gives', () => {
    const output = { headers: { 'Content-type': 'application/json' }, body: { name: 'grün' } };
    const { status, text, bytes, headers } = new MessageMaker().make(answer(output), GET);
    assert.deepEqual([status, text, bytes], [200, '{"name":"grün"}', 16]);
    assert.equal(headersOf(headers)['Content-type'], 'application/json');
    assert.equal(headersOf(headers)['Content-Length'], 16);
  });

  test('is plain text where the document gives no type', () => {
    const { headers } = new MessageMaker().make(answer({ body: 'hello' }), GET);
    assert.equal(headersOf(headers)['Content-Type'], 'text/plain; charset=utf-8');
  });

  test("takes the document's word for a header that is there already, whatever its letters' case", () => {
    const output = { headers: { 'access-control-allow-origin': 'https://a.example.com' } };
    const { headers } = new MessageMaker().make(answer(output), GET);
    const origins = Object.entries(headersOf(headers)).filter(([name]) => name.toLowerCase() === 'access-control-allow-origin');
    assert.deepEqual(origins, [['access-control-allow-origin', 'https://a.example.com']]);
  });

  test('without a body tells a length only where there could be one', () => {
    const lengthOf = (statusCode: number, asked: typeof GET): unknown =>
      headersOf(new MessageMaker().make(answer({ statusCode }), asked).headers)['Content-Length'];
    assert.deepEqual([lengthOf(201, GET), lengthOf(204, GET), lengthOf(304, GET), lengthOf(201, HEAD)], [0, undefined, undefined, undefined]);
  });

  test('is an error where HTTP has no form for a header, or its type none for the body; what was set before stays', () => {
    for (const output of [
      { headers: { 'x-first': '1', 'x-a': 'a\nb' } },
      { headers: { 'x-first': '1', 'x a': 'b' } },
      { headers: { 'x-first': '1', 'content-type': 'text/plain' }, body: { id: 1 } },
    ]) {
      const { status, headers } = new MessageMaker().make(answer(output), GET);
      assert.equal(status, 500);
      assert.equal(headersOf(headers)['x-first'], '1');
      assert.equal(headersOf(headers)['content-type'], 'application/problem+json');
    }
  });
});

test('an error that Prism gives no status is a 500', () => {
  const { status, text, headers } = problemMessage(new Error('broken'), GET);
  assert.equal(status, 500);
  assert.equal((JSON.parse(text ?? '') as { title: string }).title, 'broken');
  assert.equal(headersOf(headers)['content-type'], 'application/problem+json');
});
