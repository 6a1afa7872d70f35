import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { suite, test } from 'node:test';
import { createFaultSource, faultOf, type FaultSource } from '../../src/faults/fault.ts';

const request = (headers: Record<string, string>, method = 'GET'): IncomingMessage => ({ headers, method }) as never;
const SLOW_AND_FAILING: FaultSource = { delayMs: () => 300, status: () => 503 };

suite('the fault of a request', () => {
  test('is none where nobody wants one', () => {
    assert.equal(faultOf(request({}), null), null);
    assert.equal(faultOf(request({}), { delayMs: () => 0, status: () => null }), null);
    assert.equal(faultOf(request({ 'x-mock-delay-ms': '0' }), null), null);
  });

  test('is what the caller asks for', () => {
    assert.deepEqual(faultOf(request({ 'x-mock-delay-ms': '24999' }), null), { delayMs: 24_999, status: null, isAskedFor: false });
    assert.deepEqual(faultOf(request({ 'x-mock-status': '418' }), null), { delayMs: 0, status: 418, isAskedFor: true });
  });

  test('is what the settings say, but for what the caller asks for', () => {
    assert.deepEqual(faultOf(request({}), SLOW_AND_FAILING), { delayMs: 300, status: 503, isAskedFor: false });
    assert.deepEqual(faultOf(request({ 'x-mock-delay-ms': '0' }), SLOW_AND_FAILING), { delayMs: 0, status: 503, isAskedFor: false });
    assert.deepEqual(faultOf(request({ 'x-mock-status': '404' }), SLOW_AND_FAILING), { delayMs: 300, status: 404, isAskedFor: true });
  });

  test("is none for a browser's preflight", () => {
    const preflight = request({ origin: 'https://a.example.com', 'access-control-request-method': 'PUT' }, 'OPTIONS');
    assert.equal(faultOf(preflight, SLOW_AND_FAILING), null);
    assert.notEqual(faultOf(request({}, 'OPTIONS'), SLOW_AND_FAILING), null);
  });

  for (const bad of ['25000', '-1', '1.5', '1e3', 'abc', '', ' 5', '5, 5', '0x10', '000100'])
    test(`is refused: a delay of '${bad}'`, () => {
      assert.throws(() => faultOf(request({ 'x-mock-delay-ms': bad }), null), { name: 'FaultHeaderError', message: /from 0 to 24999/ });
    });

  for (const bad of ['200', '399', '600', '4xx', '', '503, 503', '5e2'])
    test(`is refused: the status '${bad}'`, () => {
      assert.throws(() => faultOf(request({ 'x-mock-status': bad }), null), { name: 'FaultHeaderError', message: /from 400 to 599/ });
    });
});

test('a share of the requests fails: none, some, all', () => {
  const failing = (share: number): number => {
    let index = 0;
    const source = createFaultSource({ latency: null, errors: { share, status: 500 } }, () => index++ / 100);
    return Array.from({ length: 100 }, () => source.status()).filter((status) => status === 500).length;
  };
  assert.deepEqual([0, 0.25, 1].map(failing), [0, 25, 100]);
});
