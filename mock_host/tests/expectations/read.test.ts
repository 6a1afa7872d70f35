import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isUnusable, readExpectations, type Unusable } from '../../src/expectations/read.ts';

const refused = (text: string): Unusable => {
  const read = readExpectations(text);
  assert.ok(isUnusable(read));
  return read;
};

test('numbers stay as they are written, digit by digit', () => {
  const text = '[{"httpResponse":{"body":{"id":12345678901234567890,"amount":1.0,"tiny":1e-7,"n":7}}}]';
  assert.equal(JSON.stringify(readExpectations(text)), text);
});

test('a mark at the start of the file is no part of it', () => {
  assert.deepEqual(readExpectations('\uFEFF[]'), []);
});

suite('a mistake is named with its line, its key, what is wrong, and what would be right', () => {
  test('one', () => {
    const { line, reason } = refused('[\n {"httpResponse": {}},\n {"httpRequest": {\n   "pth": "/"}, "httpResponse": {}}\n]');
    assert.deepEqual([line, reason], [4, '[1].httpRequest.pth: unknown key; did you mean path?']);
  });

  test('several', () => {
    assert.match(refused('[{}, {}]').reason, /^\[0\]: needs exactly one action; one of .* \(1 more; mockenv check lists them\)$/);
  });

  const broken: Record<string, [string, number, RegExp]> = {
    'a comma too many': ['[\n{},\n]', 3, /^is not valid JSON: /],
    'an end too soon': ['[\n{"a":\n\n', 2, /^is not valid JSON: Unexpected end/],
    'nothing': ['', 1, /^is not valid JSON: /],
    'YAML': ['- httpRequest: {}', 1, /^is not valid JSON: /],
  };
  for (const [what, [text, line, reason]] of Object.entries(broken))
    test(what, () => {
      const found = refused(text);
      assert.equal(found.line, line);
      assert.match(found.reason, reason);
    });
});

test('what is larger than MockServer takes is refused unread', () => {
  assert.match(refused(' '.repeat(10_000_001)).reason, /at most 10 MB/);
});

test('nesting that would end a parser is refused', () => {
  assert.match(refused(`[{"httpRequest":{"specUrlOrPayload":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}}]`).reason, /can't be read/);
});
