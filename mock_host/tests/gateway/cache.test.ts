import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAnswerCache } from '../../src/gateway/cache.ts';

const ROUTE = 'ANY /pets';

test('keeps allowed and denied answers until their time is over', () => {
  let now = 0;
  const cache = createAnswerCache(300, () => now);
  cache.set(ROUTE, 'yes', true);
  cache.set(ROUTE, 'no', false);
  now = 299_999;
  assert.equal(cache.get(ROUTE, 'yes'), true);
  assert.equal(cache.get(ROUTE, 'no'), false);
  assert.equal(cache.get(ROUTE, 'other'), undefined);
  now = 300_000;
  assert.equal(cache.get(ROUTE, 'yes'), undefined);
  assert.equal(cache.get(ROUTE, 'no'), undefined);
});

test('an answer holds for its route and its token only, whichever came last', () => {
  const cache = createAnswerCache(300, () => 0);
  cache.set('ANY /a', 'token', true);
  cache.set('ANY /b', 'token', false);
  cache.set('ANY /a', 'token 2', false);
  for (let round = 0; round < 3; round += 1) {
    assert.deepEqual(
      [cache.get('ANY /a', 'token'), cache.get('ANY /b', 'token'), cache.get('ANY /a', 'token 2')],
      [true, false, false],
    );
    assert.equal(cache.get('ANY /b', 'token 2'), undefined);
    assert.equal(cache.get('ANY /c', 'token'), undefined);
  }
});

test('asking does not prolong an answer', () => {
  let now = 0;
  const cache = createAnswerCache(10, () => now);
  cache.set(ROUTE, 'token', true);
  for (now = 1000; now < 10_000; now += 1000) assert.equal(cache.get(ROUTE, 'token'), true);
  assert.equal(cache.get(ROUTE, 'token'), undefined);
});

test('a newer answer replaces an older one', () => {
  const cache = createAnswerCache(10, () => 0);
  cache.set(ROUTE, 'token', true);
  assert.equal(cache.get(ROUTE, 'token'), true);
  cache.set(ROUTE, 'token', false);
  assert.equal(cache.get(ROUTE, 'token'), false);
});

test('0 seconds keep nothing', () => {
  const cache = createAnswerCache(0, () => 0);
  cache.set(ROUTE, 'token', true);
  assert.equal(cache.get(ROUTE, 'token'), undefined);
});

test('is bounded: what is in use survives a flood, what is not is forgotten', () => {
  const cache = createAnswerCache(300, () => 0);
  cache.set(ROUTE, 'used', true);
  cache.set(ROUTE, 'unused', true);
  for (let count = 0; count < 10_000; count += 1) {
    cache.set(ROUTE, `flood ${count}`, false);
    assert.equal(cache.get(ROUTE, 'used'), true);
  }
  assert.equal(cache.get(ROUTE, 'unused'), undefined);
  assert.equal(cache.get(ROUTE, 'flood 0'), undefined);
  assert.equal(cache.get(ROUTE, 'flood 9999'), false);
});
