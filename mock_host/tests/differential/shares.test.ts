import assert from 'node:assert/strict';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { parseArguments } from '../../differential/arguments.ts';
import { defaultDocuments, shareOut } from '../../differential/shares.ts';
import { folderWith } from '../support/folder.ts';

suite('shares of documents', () => {
  test('are even, and none is lost', () => {
    const documents = defaultDocuments().filter((file) => file.endsWith('.yaml'));
    const shares = shareOut(1_000, documents).map(({ requests }) => requests);
    assert.equal(shares.reduce((total, one) => total + one, 0), 1_000);
    assert.ok(Math.max(...shares) - Math.min(...shares) <= 1);
  });

  test('of a large document are a tenth, and never over 2,000, but all where it stands alone', (context) => {
    const folder = folderWith(context, { 'large.json': 'x'.repeat(6_000_000), 'small.json': '{}' });
    const [large, small] = [join(folder, 'large.json'), join(folder, 'small.json')];
    assert.deepEqual(shareOut(1_000, [small, large]).map(({ requests }) => requests), [100, 900]);
    assert.equal(shareOut(50_000, [small, large])[0]?.requests, 2_000);
    assert.deepEqual(shareOut(50, [large]), [{ file: large, requests: 50 }]);
  });
});

suite('the command line', () => {
  test('has defaults: GitHub\'s document among the others', () => {
    const { requests, seed, documents } = parseArguments([]);
    assert.deepEqual([requests, seed], [20_000, 1]);
    assert.ok(documents.some((file) => file.endsWith('api.github.com.json')));
  });

  test('takes documents by name', () => {
    const [first = ''] = defaultDocuments();
    assert.deepEqual(parseArguments(['--seed', '5', '--documents', first]).documents, [first]);
  });

  test('says what to give instead', () => {
    assert.throws(() => parseArguments(['--requests', 'many']), /--requests must be a whole number from 1, not 'many'. Usage:/);
    assert.throws(() => parseArguments(['--documents', 'missing.yaml']), /no document at .*missing\.yaml/);
  });
});
