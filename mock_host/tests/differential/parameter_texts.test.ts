import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { headerText, pathText, queryTexts } from '../../differential/parameter_texts.ts';

const LIST = ['blue', 'black'];
const MAP = { R: 100, G: 200 };

/** The table of https://spec.openapis.org/oas/v3.1.0#style-examples */
const PATHS: readonly (readonly [style: string, explode: boolean, value: unknown, text: string])[] = [
  ['simple', false, 'blue', 'blue'],
  ['simple', false, LIST, 'blue,black'],
  ['simple', false, MAP, 'R,100,G,200'],
  ['simple', true, MAP, 'R=100,G=200'],
  ['label', false, 'blue', '.blue'],
  ['label', false, LIST, '.blue,black'],
  ['label', true, LIST, '.blue.black'],
  ['label', true, MAP, '.R=100.G=200'],
  ['matrix', false, 'blue', ';color=blue'],
  ['matrix', false, LIST, ';color=blue,black'],
  ['matrix', true, LIST, ';color=blue;color=black'],
  ['matrix', false, MAP, ';color=R,100,G,200'],
  ['matrix', true, MAP, ';R=100;G=200'],
];

const QUERIES: readonly (readonly [style: string, explode: boolean, value: unknown, texts: readonly string[]])[] = [
  ['form', true, LIST, ['color=blue', 'color=black']],
  ['form', false, LIST, ['color=blue,black']],
  ['form', true, MAP, ['R=100', 'G=200']],
  ['form', false, MAP, ['color=R,100,G,200']],
  ['spaceDelimited', false, LIST, ['color=blue%20black']],
  ['pipeDelimited', false, LIST, ['color=blue|black']],
  ['deepObject', true, MAP, ['color%5BR%5D=100', 'color%5BG%5D=200']],
  ['deepObject', true, { a: [1, { b: null }] }, ['color%5Ba%5D%5B0%5D=1', 'color%5Ba%5D%5B1%5D%5Bb%5D=null']],
];

suite('texts of parameters', () => {
  for (const [style, explode, value, text] of PATHS)
    test(`path, ${style}${explode ? ' exploded' : ''}: ${text}`, () => {
      assert.equal(pathText({ name: 'color', style, explode }, value), text);
    });

  for (const [style, explode, value, texts] of QUERIES)
    test(`query, ${style}${explode ? ' exploded' : ''}: ${texts.join('&')}`, () => {
      assert.deepEqual(queryTexts({ name: 'color', style, explode }, value), texts);
    });

  test('a form explodes where nothing else is said', () => {
    assert.deepEqual(queryTexts({ name: 'a b' }, [1, 2]), ['a%20b=1', 'a%20b=2']);
  });

  test('a header holds printable characters only', () => {
    assert.equal(headerText({ name: 'x' }, ['a b', 'ü']), 'a b,?');
  });
});
