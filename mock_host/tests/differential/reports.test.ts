import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Contest } from '../../differential/contest.ts';
import { toCurl } from '../../differential/curl.ts';
import { headerOf, type Call } from '../../differential/draft.ts';
import type { Planned } from '../../differential/plan.ts';
import { reduce } from '../../differential/reduce.ts';
import { report, unexplainedIn } from '../../differential/report.ts';
import type { Subject } from '../../differential/subject.ts';
import { compete } from '../../differential/tally.ts';
import { answer, callTo } from '../support/differential_answers.ts';

const subject = (ask: Subject['ask']): Subject => ({ ask, stop: () => undefined });
const steady = subject(() => Promise.resolve(answer()));

/** Differs from `steady` at each request that prefers something. */
const planted = subject((call) => Promise.resolve(answer({ status: headerOf(call, 'prefer') === undefined ? 200 : 404 })));

const CALL = callTo('/a?b=1&c=2', { method: 'POST', headers: [['accept', '*/*'], ['prefer', 'code=404']], body: Buffer.from('{"a":1}') });

function planned(calls: readonly Call[]): Planned[] {
  return calls.map((call) => ({ call, operation: { method: 'post', path: '/a' } as Planned['operation'], twists: ['prefer'] }));
}

suite('a contest', () => {
  test('of equals finds nothing', async () => {
    const result = await compete(new Contest(steady, steady, []), 'd.yaml', 1, planned([CALL, callTo('/b')]));
    assert.deepEqual([result.requests, result.equal, unexplainedIn(result)], [2, 2, 0]);
    assert.match(report([result]), /^total +1 +2 +2 +0 +0$/m);
  });

  test('finds a planted difference, counts it, and shows the least request that has it', async () => {
    const result = await compete(new Contest(steady, planted, []), 'd.yaml', 1, planned([CALL, CALL, callTo('/b')]));
    assert.deepEqual([result.requests, result.equal, unexplainedIn(result)], [3, 1, 2]);
    const text = report([result]);
    assert.match(text, /d\.yaml: 2 differ like this one \(prefer\)/);
    assert.match(text, /curl -i --path-as-is -X POST http:\/\/127\.0\.0\.1:4010\/a -H 'prefer: code=404'$/m);
    assert.match(text, /Prism CLI {2}"200 OK"/);
  });

  test('of answers left to chance compares their shapes, and asks again before it finds them different', async () => {
    const dynamic = callTo('/a', { headers: [['prefer', 'dynamic=true']] });
    let turn = 0;
    const changing = subject(() => Promise.resolve(answer({ status: (turn += 1) % 2 === 0 ? 200 : 500, body: Buffer.from(String(turn)) })));
    assert.deepEqual((await new Contest(steady, changing, []).judge(dynamic)).differences, []);
    const other = subject(() => Promise.resolve(answer({ headers: { 'x-more': '1' } })));
    assert.deepEqual((await new Contest(steady, other, []).judge(dynamic)).differences.map(({ kind }) => kind), ['header names of headers']);
  });
});

test('a request is made smaller as long as the difference stays', async () => {
  const smallest = await reduce({ ...CALL, chunked: true }, (call) => Promise.resolve(call.target.includes('c=2')));
  assert.deepEqual(smallest, { ...callTo('/a?c=2'), method: 'POST' });
});

suite('a request as a command line', () => {
  const origin = 'http://127.0.0.1:4010';

  test('quotes what the shell would read, byte by byte', () => {
    const call = callTo('/it?a=1&b=2', { method: 'PUT', headers: [['x-a', "it's"], ['content-type', '']], body: Buffer.from('ü\n') });
    assert.equal(
      toCurl(call, origin),
      `curl -i --path-as-is -X PUT '${origin}/it?a=1&b=2' -H 'x-a: it'\\''s' -H 'content-type;' --data-binary $'\\xc3\\xbc\\x0a'`,
    );
  });

  test('HEAD, absolute targets, bodies without a type, in chunks, and too long to show', () => {
    assert.match(toCurl(callTo('/', { method: 'HEAD' }), origin), /--head http:/);
    assert.match(toCurl(callTo('http://other/a'), origin), /--request-target http:\/\/other\/a http:\/\/127/);
    const chunked = toCurl(callTo('/', { body: Buffer.alloc(5000), chunked: true }), origin);
    assert.match(chunked, /-H 'Transfer-Encoding: chunked' -H 'Content-Type:' --data-binary @5000-bytes$/);
  });
});
