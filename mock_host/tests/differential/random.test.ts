import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Random } from '../../differential/random.ts';

const draw = (random: Random): number[] => Array.from({ length: 20 }, () => random.integer(1, 6));

suite('random choices', () => {
  test('are the same for the same seed, others for another', () => {
    assert.deepEqual(draw(new Random(7)), draw(new Random(7)));
    assert.notDeepEqual(draw(new Random(7)), draw(new Random(8)));
  });

  test('cover what they choose from, and nothing else', () => {
    const random = new Random(1);
    assert.deepEqual(new Set(Array.from({ length: 200 }, () => random.pick(['a', 'b', 'c']))), new Set(['a', 'b', 'c']));
    assert.deepEqual(new Set(draw(new Random(3)).filter((value) => value < 1 || value > 6)), new Set());
  });

  test('of a fork depend on its label only', () => {
    const one = new Random(1).fork('a');
    assert.deepEqual(draw(one), draw(new Random(1).fork('a')));
    assert.notDeepEqual(draw(new Random(1).fork('a')), draw(new Random(1).fork('b')));
  });

  test('need something to choose from', () => {
    assert.throws(() => new Random(1).pick([]), RangeError);
    assert.equal(new Random(1).pickAny([]), undefined);
  });
});
