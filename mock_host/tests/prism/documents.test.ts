import assert from 'node:assert/strict';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { DocumentError, loadDocument } from '../../src/prism/documents.ts';
import { folderWith } from '../support/folder.ts';

const withSchema = (schema: string): string => `openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /a:
    get:
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '${schema}'}}}}
`;

async function refusal(file: string): Promise<DocumentError> {
  try {
    await loadDocument(file);
  } catch (error) {
    assert.ok(error instanceof DocumentError, String(error));
    return error;
  }
  return assert.fail('it was loaded');
}

test('OpenAPI 2.0, 3.0 and 3.1, as YAML and as JSON', async (context) => {
  const paths = { '/a': { get: { responses: { '200': { description: 'ok' } } }, put: { responses: {} } } };
  const info = { title: 'T', version: '1' };
  const folder = folderWith(context, {
    'two.json': { swagger: '2.0', info, paths },
    'three.yaml': JSON.stringify({ openapi: '3.0.3', info, paths }),
    'new.yml': JSON.stringify({ openapi: '3.1.0', info, paths }),
  });
  for (const name of ['two.json', 'three.yaml', 'new.yml']) {
    const operations = await loadDocument(join(folder, name));
    assert.deepEqual(operations.map(({ method, path }) => `${method} ${path}`), ['get /a', 'put /a'], name);
  }
});

test('files beside and below the document are followed', async (context) => {
  const folder = folderWith(context, {
    'api.yaml': withSchema('parts/my part.yaml#/Item'),
    'parts/my part.yaml': 'Item: {type: object, properties: {more: {$ref: "../other.json"}}}',
    'other.json': { type: 'string', example: 'here' },
  });
  const [operation] = await loadDocument(join(folder, 'api.yaml'));
  assert.match(JSON.stringify(operation?.responses), /"here"/);
});

test('a remote file is taken from its copy, and what that refers to from copies too', async (context) => {
  const copies = 'remote-refs/schemas.example.com_8443';
  const folder = folderWith(context, {
    'api.yaml': withSchema('https://schemas.example.com:8443/common/my%20item.yaml#/Item'),
    [`${copies}/common/my%20item.yaml`]: 'Item: {type: object, properties: {more: {$ref: "../other.json"}}}',
    [`${copies}/other.json`]: { type: 'string', example: 'from the copy' },
  });
  const [operation] = await loadDocument(join(folder, 'api.yaml'));
  assert.match(JSON.stringify(operation?.responses), /"from the copy"/);
});

suite('refuses', () => {
  test('broken YAML, with its line', async (context) => {
    const folder = folderWith(context, { 'api.yaml': 'openapi: 3.0.0\ninfo:\n  title: [unclosed\npaths: {}\n' });
    const error = await refusal(join(folder, 'api.yaml'));
    assert.equal(error.file, join(folder, 'api.yaml'));
    assert.ok(error.line !== undefined && error.line >= 3 && error.line <= 4, `line ${error.line}`);
  });

  test('broken YAML in a file it refers to, naming that file', async (context) => {
    const folder = folderWith(context, { 'api.yaml': withSchema('part.yaml'), 'part.yaml': 'a: b: c\n' });
    const error = await refusal(join(folder, 'api.yaml'));
    assert.equal(error.file, join(folder, 'part.yaml'));
    assert.equal(error.line, 1);
  });

  for (const url of ['http://127.0.0.1:9/x.yaml', 'https://example.com/x.json', 'HTTP://127.0.0.1:9/x', 'ftp://example.com/x']) {
    test(`the remote reference ${url}`, async (context) => {
      const folder = folderWith(context, { 'api.yaml': withSchema(url) });
      assert.match((await refusal(join(folder, 'api.yaml'))).reason, /remote reference .* is not followed[.,]/);
    });
  }

  test('a file outside of its folder, also through a link or an escape', async (context) => {
    const outside = folderWith(context, { 'secret.yaml': 'type: string' });
    const folder = folderWith(context);
    symlinkSync(join(outside, 'secret.yaml'), join(folder, 'link.yaml'));
    for (const reference of [join(outside, 'secret.yaml'), `file://${outside}/secret.yaml`, 'link.yaml', '..%2F..%2Fetc/hostname']) {
      writeFileSync(join(folder, 'api.yaml'), withSchema(reference));
      assert.match((await refusal(join(folder, 'api.yaml'))).reason, /lies outside of|can't be read/, reference);
    }
  });

  test('a missing file, a missing part, and what is no OpenAPI', async (context) => {
    const folder = folderWith(context, {
      'part.yaml': withSchema('missing.yaml'),
      'pointer.yaml': withSchema('#/components/schemas/Missing'),
      'other.yaml': 'a: 1',
      'text.yaml': 'just text',
      'empty.yaml': '',
      'none.yaml': 'openapi: 3.0.0\npaths: {}',
    });
    assert.match((await refusal(join(folder, 'part.yaml'))).reason, /missing\.yaml can't be read/);
    assert.match((await refusal(join(folder, 'pointer.yaml'))).reason, /Missing/);
    assert.match((await refusal(join(folder, 'other.yaml'))).reason, /neither 'openapi' nor 'swagger'/);
    assert.match((await refusal(join(folder, 'none.yaml'))).reason, /no operations found/);
    assert.match((await refusal(join(folder, 'gone.yaml'))).reason, /ENOENT/);
    await refusal(join(folder, 'text.yaml'));
    await refusal(join(folder, 'empty.yaml'));
  });
});
