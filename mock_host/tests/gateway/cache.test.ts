import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAnswerCache } from '../../src/gateway/cache.ts';

test('keeps allowed and denied answers until their time is over', () => {
  let now = 0;
  const cache = createAnswerCache(300, () => now);
  cache.set('yes', true);
  cache.set('no', false);
  now = 299_999;
  assert.equal(cache.get('yes'), true);
  assert.equal(cache.get('no'), false);
  assert.equal(cache.get('other'), undefined);
  now = 300_000;
  assert.equal(cache.get('yes'), undefined);
});

test('asking does not prolong an answer', () => {
  let now = 0;
  const cache = createAnswerCache(10, () => now);
  cache.set('key', true);
  for (now = 1000; now < 10_000; now += 1000) assert.equal(cache.get('key'), true);
  assert.equal(cache.get('key'), undefined);
});

test('a newer answer replaces an older one', () => {
  const cache = createAnswerCache(10, () => 0);
  cache.set('key', true);
  cache.set('key', false);
  assert.equal(cache.get('key'), false);
});

test('0 seconds keep nothing', () => {
  const cache = createAnswerCache(0, () => 0);
  cache.set('key', true);
  assert.equal(cache.get('key'), undefined);
});

test('is bounded: what is in use survives a flood, what is not is forgotten', () => {
  const cache = createAnswerCache(300, () => 0);
  cache.set('used', true);
  cache.set('unused', true);
  for (let count = 0; count < 10_000; count += 1) {
    cache.set(`flood ${count}`, false);
    assert.equal(cache.get('used'), true);
  }
  assert.equal(cache.get('unused'), undefined);
  assert.equal(cache.get('flood 0'), undefined);
  assert.equal(cache.get('flood 9999'), false);
});
