import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { UnreadableTypeError, charsetOf, mediaTypeOf } from '../../src/prism/content_type.ts';

const CHARSETS: readonly (readonly [string, string | undefined])[] = [
  ['text/plain', undefined],
  ['text/plain; charset=utf-8', 'utf-8'],
  ['text/plain;charset="UTF-8"', 'UTF-8'],
  ['text/plain; CHARSET = latin1 ; a=b', 'latin1'],
  ['text/plain; charset=a; charset=b', 'b'],
  ['text/plain; charset="a\\"b"', 'a"b'],
  ['multipart/form-data; boundary=charset', undefined],
];

const UNREADABLE = ['', ';', 'text', 'text/', '/plain', 'a b/c', 'text/plain;', 'text/plain; charset', 'text/plain; charset=', 'a/b, c/d'];

suite('charset of a content type', () => {
  for (const [contentType, charset] of CHARSETS)
    test(contentType, () => assert.equal(charsetOf(contentType), charset));

  for (const contentType of UNREADABLE)
    test(`none to be read in '${contentType}'`, () => {
      assert.throws(() => charsetOf(contentType), UnreadableTypeError);
      assert.equal(mediaTypeOf(contentType), undefined);
    });
});

test('the type itself is without parameters and in lower case', () => {
  assert.equal(mediaTypeOf('Application/JSON ; q=0'), 'application/json');
});
