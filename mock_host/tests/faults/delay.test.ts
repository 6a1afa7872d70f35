import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createDelay } from '../../src/faults/delay.ts';
import type { Latency } from '../../src/faults/settings.ts';

/** Delays for numbers spread evenly from 0 up to 1. */
function drawn(latency: Latency, count = 1000): number[] {
  let index = 0;
  const delay = createDelay(latency, () => index++ / count);
  return Array.from({ length: count }, delay);
}

const atMost = (ms: number, delays: readonly number[]): number => delays.filter((delay) => delay <= ms).length / delays.length;

suite('delays are drawn', () => {
  test('fixed', () => {
    assert.deepEqual(new Set(drawn({ kind: 'fixed', ms: 30 })), new Set([30]));
  });

  test('evenly from a range, its ends included', () => {
    const delays = drawn({ kind: 'range', minMs: 100, maxMs: 200 });
    assert.deepEqual([Math.min(...delays), Math.max(...delays)], [100, 200]);
    assert.ok(Math.abs(atMost(150, delays) - 0.5) < 0.02);
  });

  test('so that the percentiles come out', () => {
    const delays = drawn({ kind: 'percentiles', p50Ms: 100, p90Ms: 400, p99Ms: 2_000 });
    for (const [ms, share] of [[100, 0.5], [400, 0.9], [2_000, 1]] as const)
      assert.ok(Math.abs(atMost(ms, delays) - share) < 0.005, `${ms} ms: ${atMost(ms, delays)}`);
    assert.ok(Math.abs(atMost(1_999, delays) - 0.99) < 0.005);
    assert.deepEqual([Math.min(...delays), Math.max(...delays)], [50, 2_000]);
  });

  test('percentiles that are all the same', () => {
    const delays = drawn({ kind: 'percentiles', p50Ms: 10, p90Ms: 10, p99Ms: 10 });
    assert.equal(atMost(10, delays), 1);
    assert.ok(atMost(9, delays) < 0.51);
  });
});
