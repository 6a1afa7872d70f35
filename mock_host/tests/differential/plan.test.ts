import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadDocument } from '../../src/prism/documents.ts';
import { plan, type Planned } from '../../differential/plan.ts';
import { Random } from '../../differential/random.ts';
import { TWISTS } from '../../differential/twists.ts';

const FOLDER = fileURLToPath(new URL('../../differential/documents', import.meta.url));

const operations = (await Promise.all(readdirSync(FOLDER).map((name) => loadDocument(join(FOLDER, name))))).flat();

const planned = (count: number, seed = 1): Planned[] => [...plan(operations, count, new Random(seed))];

suite('planned requests', () => {
  test('are the same for the same seed, others for another', () => {
    const calls = (seed: number): unknown => planned(300, seed).map(({ call }) => call);
    assert.deepEqual(calls(1), calls(1));
    assert.notDeepEqual(calls(1), calls(2));
  });

  test('reach every operation, in every way there is', () => {
    const all = planned(operations.length * 40);
    assert.equal(new Set(all.map(({ operation }) => operation)).size, operations.length);
    const used = new Set(all.flatMap(({ twists }) => twists));
    // So seldom, for what it costs to send, that it isn't to be waited for.
    const expected = TWISTS.map(({ name }) => name).filter((name) => name !== 'body huge');
    assert.deepEqual(expected.filter((name) => !used.has(name)), []);
  });

  test('can be sent: targets and headers hold what HTTP allows', () => {
    for (const { call } of planned(3_000)) {
      assert.match(call.target, /^[\x21-\x7e]+$/);
      for (const [name, value] of call.headers) assert.doesNotMatch(name + value, /[\0\r\n]|[^\t\x20-\x7e\x80-\xff]/);
    }
  });

  test('fewer than operations are spread over them', () => {
    const few = planned(10).map(({ operation }) => operations.indexOf(operation));
    assert.equal(new Set(few).size, 10);
    assert.ok(Math.max(...few) > 20, 'not just the first ones');
  });
});
