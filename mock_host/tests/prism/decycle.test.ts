import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decycle as theirs } from '@stoplight/json';
import { decycle } from '../../src/prism/decycle.ts';

function circular(): unknown {
  const pet: Record<string, unknown> = { title: 'Pet', 'a/b~c %é': { list: [{ n: 1 }] } };
  const owner = { pets: [pet], pet };
  pet['owner'] = owner;
  pet['self'] = pet;
  const shared = { type: 'string' };
  const document: Record<string, unknown> = { pet, owner, first: shared, second: shared, list: [[pet], null, 0, false] };
  document['whole'] = document;
  (pet['a/b~c %é'] as Record<string, unknown>)['up'] = pet['a/b~c %é'];
  return document;
}

const samples: readonly (readonly [string, unknown])[] = [
  ['documents that hold themselves, by any way', circular()],
  ['what is shared but holds nothing of itself', ((shared) => ({ a: shared, b: { c: shared } }))({ d: [1, 2] })],
  ['values that are no documents', [1, 'a', null, undefined, new Date(0), true]],
  ['a scalar', 'text'],
];

for (const [what, document] of samples) {
  test(`gives what the library gives: ${what}`, () => {
    assert.deepEqual(decycle(document), theirs(document));
    assert.equal(JSON.stringify(decycle(document)), JSON.stringify(theirs(document)));
  });
}

test('leaves the document as it was', () => {
  const document = circular() as Record<string, unknown>;
  decycle(document);
  assert.equal(document['whole'], document);
});
