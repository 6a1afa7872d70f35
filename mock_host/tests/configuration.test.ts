import assert from 'node:assert/strict';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { readConfiguration } from '../src/configuration.ts';
import { folderWith } from './support/folder.ts';

const PRISM = { name: 'core', path: '/', engine: 'prism', document: 'mocks/core.yaml' };
const prismWith = (settings: object): object => ({ ...WHOLE, mocks: [{ ...PRISM, ...settings }] });
const WHOLE = {
  environment: 'pr-123',
  token_header: 'Authorization',
  mocks: [PRISM, { name: 'ledger', path: '/ledger', engine: 'mockserver', upstream: 'http://127.0.0.1:9100', expectations: 'ledger.json' }],
  gateway: { validator_socket: '/run/validator.sock', issuer_socket: '/run/issuer.sock', cache_seconds: 300 },
};

test('paths start at the folder of the file; header names are lower case', (context) => {
  const folder = folderWith(context, { 'environment.json': WHOLE });
  const read = readConfiguration(join(folder, 'environment.json'));
  assert.equal(read.environment, 'pr-123');
  assert.equal(read.tokenHeader, 'authorization');
  assert.deepEqual(read.mocks[0], { ...PRISM, document: join(folder, 'mocks/core.yaml') });
  assert.equal(read.mocks[1]?.engine === 'mockserver' && read.mocks[1].upstream.host, '127.0.0.1:9100');
  assert.deepEqual(read.gateway, { validatorSocket: '/run/validator.sock', issuerSocket: '/run/issuer.sock', cacheSeconds: 300 });
});

test('a gateway that checks no tokens is told so, and never by leaving something out', (context) => {
  const open = { ...WHOLE, token_header: null, gateway: { validator_socket: null, issuer_socket: null, cache_seconds: 0 } };
  const folder = folderWith(context, { 'open.json': open, 'unsaid.json': { ...open, gateway: { issuer_socket: null, cache_seconds: 0 } } });
  assert.deepEqual(readConfiguration(join(folder, 'open.json')).gateway, { validatorSocket: null, issuerSocket: null, cacheSeconds: 0 });
  assert.throws(() => readConfiguration(join(folder, 'unsaid.json')), /gateway\.validator_socket/);
});

test('without token header and gateway there are none', (context) => {
  const folder = folderWith(context, { 'e.json': { environment: 'dev', token_header: null, mocks: [PRISM] } });
  const read = readConfiguration(join(folder, 'e.json'));
  assert.equal(read.tokenHeader, null);
  assert.equal(read.gateway, null);
});

test("faults of a mock's settings", (context) => {
  const faults = (settings: object): unknown => {
    const folder = folderWith(context, { 'e.json': { ...WHOLE, mocks: [{ ...PRISM, ...settings }] } });
    return readConfiguration(join(folder, 'e.json')).mocks[0]?.faults;
  };
  assert.equal(faults({}), undefined);
  assert.deepEqual(faults({ latency: { fixed_ms: 5 } }), { latency: { kind: 'fixed', ms: 5 }, errors: null });
  assert.deepEqual(faults({ latency: { min_ms: 0, max_ms: 9.5 }, errors: { share: 0.1, status: 503 } }), {
    latency: { kind: 'range', minMs: 0, maxMs: 9.5 }, errors: { share: 0.1, status: 503 },
  });
  assert.deepEqual(faults({ latency: { p50_ms: 1, p90_ms: 2, p99_ms: 24_999 } }), {
    latency: { kind: 'percentiles', p50Ms: 1, p90Ms: 2, p99Ms: 24_999 }, errors: null,
  });
});

suite('what is wrong is named with its place', () => {
  const refused: Record<string, [unknown, RegExp]> = {
    'no object': [[], /the file must be a JSON object/],
    'no mocks': [{ ...WHOLE, mocks: [] }, /mocks must be a list of at least one/],
    'a bad name': [{ ...WHOLE, mocks: [{ ...PRISM, name: 'Core' }] }, /mocks\[0\]\.name 'Core'/],
    'a slash at the end': [{ ...WHOLE, mocks: [{ ...PRISM, path: '/a/' }] }, /mocks\[0\]\.path '\/a\/'/],
    'our own path': [{ ...WHOLE, mocks: [{ ...PRISM, path: '/_mockenv/x' }] }, /may not lie under \/_mockenv/],
    'a path used twice': [{ ...WHOLE, mocks: [PRISM, { ...PRISM, name: 'other' }] }, /two of them have the path '\/'/],
    'a name used twice': [{ ...WHOLE, mocks: [PRISM, { ...PRISM, path: '/x' }] }, /two of them have the name 'core'/],
    'an engine we lack': [{ ...WHOLE, mocks: [{ ...PRISM, engine: 'wiremock' }] }, /mocks\[0\]\.engine must be/],
    'an upstream with a path': [
      { ...WHOLE, mocks: [{ name: 'a', path: '/', engine: 'service', upstream: 'http://a/b' }] },
      /upstream must look like/,
    ],
    'a flag that is none': [{ ...WHOLE, requires_route: 'yes' }, /requires_route must be true or false/],
    'a bad cache time': [{ ...WHOLE, gateway: { validator_socket: 's', cache_seconds: 1.5 } }, /gateway\.cache_seconds/],
    'a gateway without a token header': [{ ...WHOLE, token_header: null }, /token_header must name a header/],
    'a bad header': [{ ...WHOLE, token_header: 'a b' }, /token_header 'a b'/],
    'a latency of two kinds': [prismWith({ latency: { fixed_ms: 1, min_ms: 1 } }), /mocks\[0\]\.latency must have either fixed_ms, or/],
    'a latency that is none': [prismWith({ latency: 5 }), /mocks\[0\]\.latency must have either/],
    'a latency that is too long': [prismWith({ latency: { fixed_ms: 25_000 } }), /latency\.fixed_ms must be a number of milliseconds/],
    'a range that falls': [prismWith({ latency: { min_ms: 2, max_ms: 1 } }), /latency must rise/],
    'percentiles that fall': [prismWith({ latency: { p50_ms: 1, p90_ms: 3, p99_ms: 2 } }), /latency must rise/],
    'a share over 1': [prismWith({ errors: { share: 1.1, status: 500 } }), /errors\.share must be a number from 0 to 1/],
    'a status that is no error': [prismWith({ errors: { share: 1, status: 200 } }), /errors\.status must be a whole number from 400 to 599/],
    'errors without a status': [prismWith({ errors: { share: 1 } }), /errors must have share and status/],
    'broken JSON': ['{', /can't be read as a mock host configuration/],
  };
  for (const [what, [content, message]] of Object.entries(refused)) {
    test(what, (context) => {
      const folder = folderWith(context, { 'e.json': content });
      assert.throws(() => readConfiguration(join(folder, 'e.json')), { name: 'StartError', message });
    });
  }

  test('a missing file', () => {
    assert.throws(() => readConfiguration('/nowhere/e.json'), { name: 'StartError', message: /ENOENT/ });
  });
});
