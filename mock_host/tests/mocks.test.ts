import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMockTable } from '../src/mocks.ts';

const at = (...paths: string[]) => {
  const table = createMockTable(paths.map((path) => ({ path })));
  return (path: string): string | undefined => {
    const place = table(path);
    return place && `${place.mock.path} > ${place.innerPath}`;
  };
};

test('a base path and a slash after it both lead to the root of its mock', () => {
  const find = at('/petstore');
  assert.equal(find('/petstore'), '/petstore > /');
  assert.equal(find('/petstore/'), '/petstore > /');
  assert.equal(find('/petstore/pets'), '/petstore > /pets');
});

test('a base path ends at a segment, as raw text', () => {
  const find = at('/petstore');
  for (const path of ['/petstorex', '/petstor', '/petstore%2Fpets', '/Petstore', '/%70etstore', '//petstore', '/'])
    assert.equal(find(path), undefined, path);
});

test('the rest of a path keeps its slashes and escapes', () => {
  const find = at('/a');
  assert.equal(find('/a//b'), '/a > //b');
  assert.equal(find('/a/b%2Fc/../d/'), '/a > /b%2Fc/../d/');
});

test('the longest base path wins, wherever it stands in the list; a mock at the root takes the rest', () => {
  const find = at('/a', '/', '/a/b', '/a/b/c');
  assert.equal(find('/a/b/cd'), '/a/b > /cd');
  assert.equal(find('/a/b/c'), '/a/b/c > /');
  assert.equal(find('/a/x'), '/a > /x');
  assert.equal(find('/ab'), '/ > /ab');
  assert.equal(find('/'), '/ > /');
});
