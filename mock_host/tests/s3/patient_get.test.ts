import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { HttpAnswer, HttpGet } from '../../src/s3/http_get.ts';
import { createHttpGet } from '../../src/s3/http_get.ts';
import { createPatientGet } from '../../src/s3/patient_get.ts';
import { FakeS3, breakOff, refuse } from '../support/fake_s3.ts';
import { folderWith } from '../support/folder.ts';
import { bucketOf } from '../support/s3_bucket.ts';

const URL_ASKED = new URL('http://127.0.0.1/x');

/** Answers with one of `answers` after the other; counts what was asked and waited for. */
function patient(answers: readonly (number | Error)[], random = () => 1) {
  const left = [...answers];
  const waits: number[] = [];
  const get: HttpGet = () => {
    const next = left.shift();
    if (typeof next !== 'number') return Promise.reject(next);
    return Promise.resolve({ status: next, headers: {}, body: Buffer.alloc(0) });
  };
  const wait = (ms: number) => Promise.resolve(waits.push(ms));
  const ask = (): Promise<HttpAnswer> => createPatientGet(get, { attempts: 6, wait, random })(URL_ASKED, {});
  return { ask, waits, left };
}

suite('a passing trouble is waited out:', () => {
  for (const trouble of [429, 500, 502, 503, 504, new Error('ECONNREFUSED')])
    test(String(trouble), async () => {
      const { ask, waits } = patient([trouble, trouble, trouble, 200]);
      assert.equal((await ask()).status, 200);
      assert.deepEqual(waits, [500, 1_000, 2_000]);
    });
});

suite('any other answer counts at once:', () => {
  for (const status of [200, 304, 400, 403, 404, 501])
    test(String(status), async () => {
      const { ask, left } = patient([status, 200]);
      assert.equal((await ask()).status, status);
      assert.deepEqual(left, [200]);
    });
});

test('the last of six attempts is the answer, whatever it is', async () => {
  assert.equal((await patient([...Array<number>(6).fill(503), 200]).ask()).status, 503);
  const errors = Array.from({ length: 7 }, (_, at) => new Error(`attempt ${at + 1}`));
  await assert.rejects(patient(errors).ask(), { message: 'attempt 6' });
});

test('those that were started together do not ask together again', async () => {
  const { ask, waits } = patient([503, 503, 200], () => 0.25);
  await ask();
  assert.deepEqual(waits, [125, 250]);
});

test('an answer that never ends is given up and asked for again', async (context) => {
  const s3 = await new FakeS3(context).appear();
  s3.put('slow', 'whole');
  let hangs = 2;
  s3.disturb = (_, response) => hangs > 0 && (response.writeHead(200).write('x'), (hangs -= 1), true);
  const get = createHttpGet({ timeoutMs: 200, maxBytes: 1000 });
  const patience = { attempts: 3, wait: () => Promise.resolve(), random: () => 0 };
  const { body } = await bucketOf(s3, { get: createPatientGet(get, patience) }).read('slow');
  assert.equal(body.toString(), 'whole');
});

test('a file that broke off is written anew', async (context) => {
  const s3 = await new FakeS3(context).appear();
  const content = Buffer.alloc(300_000, 'abcdefg');
  s3.put('long', content);
  let troubles = 2;
  s3.disturb = (_, response) => {
    if (troubles === 0) return false;
    troubles -= 1;
    if (troubles === 1) breakOff(response, Buffer.alloc(500_000, 'x'));
    else refuse(response, 503, 'SlowDown');
    return true;
  };
  const file = join(folderWith(context), 'long');
  const get = createHttpGet({ timeoutMs: 20_000, maxBytes: 1024 * 1024 });
  const patience = { attempts: 3, wait: () => Promise.resolve(), random: () => 0 };
  await bucketOf(s3, { get: createPatientGet(get, patience) }).save('long', file);
  assert.deepEqual(readFileSync(file), content);
});
