import '../../src/prism/quick_functions.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fpTs from 'fp-ts/lib/function.js';
import Option from 'fp-ts/lib/Option.js';

const { dual } = fpTs as unknown as {
  dual: (arity: number | ((args: readonly unknown[]) => boolean), body: (...args: never[]) => unknown) => (...args: unknown[]) => unknown;
};

test('a function of fp-ts takes its first argument first or last', () => {
  const minus = dual(2, (one: number, other: number) => one - other);
  assert.equal(minus(5, 3), 2);
  assert.equal((minus(3) as (one: number) => unknown)(5), 2);
});

test('a test of the arguments may say which, and arguments that may be left out stay so', () => {
  const joined = dual((args) => Array.isArray(args[0]), (list: string[], between = ',') => list.join(between));
  assert.equal(joined(['a', 'b']), 'a,b');
  assert.equal((joined('-') as (list: string[]) => unknown)(['a', 'b']), 'a-b');
  assert.equal((joined() as (list: string[]) => unknown)(['a', 'b']), 'a,b');
});

test("fp-ts's own functions work on it both ways", () => {
  assert.deepEqual(Option.ap(Option.some(2))(Option.some((n: number) => n + 1)), Option.some(3));
  assert.deepEqual(Option.orElse(() => Option.some(1))(Option.none), Option.some(1));
});
