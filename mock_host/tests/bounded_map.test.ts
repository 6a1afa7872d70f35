import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BoundedMap } from '../src/bounded_map.ts';

test('gives back what was put under a key, the newest of it, and nothing under another', () => {
  const map = new BoundedMap<string>(10);
  map.set('a', 'one');
  map.set('a', 'two');
  assert.deepEqual([map.get('a'), map.get('b')], ['two', undefined]);
});

test('holds at most two generations: what is in use survives a flood, what is not is forgotten', () => {
  const map = new BoundedMap<number>(3);
  map.set('used', 0);
  map.set('unused', 0);
  for (let count = 0; count < 20; count += 1) {
    map.set(`flood ${count}`, count);
    assert.equal(map.get('used'), 0);
  }
  assert.equal(map.get('unused'), undefined);
  const kept = Array.from({ length: 20 }, (_, count) => map.get(`flood ${count}`)).filter((value) => value !== undefined);
  assert.ok(kept.length <= 6 && kept.includes(19), String(kept));
});
