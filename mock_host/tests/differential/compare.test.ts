import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Seen } from '../../differential/client.ts';
import { compare } from '../../differential/compare.ts';
import { answer } from '../support/differential_answers.ts';

const kinds = (expected: Seen, actual: Seen): string[] => compare(expected, actual).map(({ kind }) => kind);

suite('what counts as a difference', () => {
  test('status, reason phrase, body', () => {
    assert.deepEqual(kinds(answer(), answer()), []);
    assert.deepEqual(kinds(answer(), answer({ status: 201 })), ['status']);
    assert.deepEqual(kinds(answer(), answer({ reasonPhrase: 'Fine' })), ['status']);
    assert.deepEqual(kinds(answer(), answer({ body: Buffer.from('other') })), ['body']);
  });

  test('bytes that are no text', () => {
    assert.deepEqual(kinds(answer({ body: Buffer.of(0xff) }), answer({ body: Buffer.of(0xfe) })), ['body']);
  });

  test('headers of either side, repeated ones too, but not those of the HTTP server itself', () => {
    const plain = answer({ headers: { 'x-a': '1', date: 'today' } });
    assert.deepEqual(kinds(plain, answer({ headers: { 'x-a': '1', 'keep-alive': 'timeout=9' } })), []);
    assert.deepEqual(kinds(plain, answer({ headers: { 'x-b': '1' } })), ['header x-a', 'header x-b']);
    assert.deepEqual(kinds(answer({ headers: { 'set-cookie': ['a', 'b'] } }), answer({ headers: { 'set-cookie': ['a'] } })), ['header set-cookie']);
  });

  test('no answer where there should be one; none from both is the same', () => {
    const silence: Seen = { silent: 'time-out', reason: '' };
    assert.deepEqual(kinds(silence, answer()), ['silence']);
    assert.deepEqual(kinds(answer(), silence), ['silence']);
    assert.deepEqual(kinds(silence, { silent: 'died', reason: 'x' }), []);
  });

  test('it is shown from where it begins', () => {
    const [difference] = compare(answer({ body: Buffer.from(`${'x'.repeat(500)}one`) }), answer({ body: Buffer.from(`${'x'.repeat(500)}two`) }));
    assert.equal(difference?.expected, `…${'x'.repeat(40)}one`);
    assert.equal(difference?.actual, `…${'x'.repeat(40)}two`);
  });
});
