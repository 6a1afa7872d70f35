import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { checkExpectations } from '../../src/expectations/check.ts';
import { keyOf } from '../../src/expectations/problem.ts';
import { EXPECTATIONS } from '../support/paths.ts';

interface Mistake {
  readonly key: string;
  readonly wrong: string;
  readonly right: string;
}

const listed = <T>(name: string): T[] => JSON.parse(readFileSync(join(EXPECTATIONS, name), 'utf8')) as T[];
const inOrder = (mistakes: readonly Mistake[]): Mistake[] =>
  mistakes.toSorted((one, other) => `${one.key} ${one.wrong}`.localeCompare(`${other.key} ${other.wrong}`));

suite('what MockServer documents is accepted:', () => {
  for (const { name, expectation } of listed<{ name: string; expectation: object }>('accepted.json'))
    test(name, () => assert.deepEqual(checkExpectations([expectation]), []));
});

suite('what is wrong is named with its key, as tests/settings/test_expectations.py says too:', () => {
  for (const { name, expectations, mistakes } of listed<{ name: string; expectations: unknown; mistakes: Mistake[] }>('refused.json'))
    test(name, () => {
      const found = checkExpectations(expectations).map(({ path, wrong, right }) => ({ key: keyOf(path), wrong, right }));
      assert.deepEqual(inOrder(found), inOrder(mistakes));
    });
});
