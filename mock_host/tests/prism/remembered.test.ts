import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Remembered } from '../../src/prism/remembered.ts';

test('gives back what was put under a key, and nothing under another', () => {
  const remembered = new Remembered<string>();
  remembered.set('GET /a', 'one');
  assert.deepEqual([remembered.get('GET /a'), remembered.get('GET /b')], ['one', undefined]);
});

test('holds no more than it may: the oldest entry makes room', () => {
  const remembered = new Remembered<number>(3);
  for (const [index, key] of ['a', 'b', 'c', 'd'].entries()) remembered.set(key, index);
  assert.deepEqual(['a', 'b', 'c', 'd'].map((key) => remembered.get(key)), [undefined, 1, 2, 3]);
});
