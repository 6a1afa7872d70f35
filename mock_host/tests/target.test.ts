import assert from 'node:assert/strict';
import { test } from 'node:test';
import { splitTarget } from '../src/target.ts';

test('origin form is split at the first question mark and otherwise kept', () => {
  assert.deepEqual(splitTarget('/a//b%2F/../c?d=/e?f'), { path: '/a//b%2F/../c', query: '?d=/e?f' });
  assert.deepEqual(splitTarget('/a'), { path: '/a', query: '' });
  assert.deepEqual(splitTarget('//a'), { path: '//a', query: '' });
});

test('absolute form loses its server, and every target gets a leading slash', () => {
  assert.deepEqual(splitTarget('http://host:80/a?b'), { path: '/a', query: '?b' });
  assert.deepEqual(splitTarget('http://host?b'), { path: '/', query: '?b' });
  assert.deepEqual(splitTarget('*'), { path: '/*', query: '' });
});
