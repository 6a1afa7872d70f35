import assert from 'node:assert/strict';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import type { Mock } from '../../src/configuration.ts';
import { createValidatorClient } from '../../src/gateway/validator_client.ts';
import { FakeValidator, allowGood, raise, replyWith } from '../support/fake_validator.ts';
import { startHost, type TestHost } from '../support/host.ts';
import { call, type Answer } from '../support/http_client.ts';
import { SPECS } from '../support/paths.ts';
import { startUpstream } from '../support/upstream.ts';

const MOCKS: readonly Mock[] = [
  { name: 'petstore', path: '/petstore', engine: 'prism', document: join(SPECS, 'petstore-expanded.yaml') },
  { name: 'uspto', path: '/uspto', engine: 'prism', document: join(SPECS, 'uspto.yaml') },
];
const GOOD = { authorization: 'Bearer good' };

interface Fixture extends TestHost {
  readonly fake: FakeValidator;
}

async function fixture(context: TestContext, gateway: { cacheSeconds?: number; nowMs?: () => number } = {}): Promise<Fixture> {
  const fake = await new FakeValidator(context, allowGood).start();
  const validator = createValidatorClient({ socketPath: fake.socketPath, timeoutMs: 2_000 });
  return { ...(await startHost(context, { mocks: MOCKS, gateway: { validator, ...gateway } })), fake };
}

/** API Gateway's own answers: the message, these headers, and none besides. */
function assertGatewayAnswer(answer: Answer, status: number, message: string): void {
  assert.equal(answer.status, status);
  assert.equal(answer.text, JSON.stringify({ message }));
  assert.equal(answer.headers['content-type'], 'application/json');
  assert.match(String(answer.headers['apigw-requestid']), /^[A-Za-z0-9]{15}=$/);
  const names = Object.keys(answer.headers).filter((name) => !['connection', 'keep-alive'].includes(name));
  assert.deepEqual(names.sort(), ['apigw-requestid', 'content-length', 'content-type', 'date']);
}

suite('answers of its own', () => {
  test('401 for a missing or empty token, without asking', async (context) => {
    const { url, fake } = await fixture(context);
    assertGatewayAnswer(await call(url, { target: '/petstore/pets' }), 401, 'Unauthorized');
    assertGatewayAnswer(await call(url, { target: '/petstore/pets', headers: { authorization: '' } }), 401, 'Unauthorized');
    assertGatewayAnswer(await call(url, { target: '/petstore/pets', headers: { authorization: '  ' } }), 401, 'Unauthorized');
    assert.equal(fake.events.length, 0);
  });

  test('403 for a token that is denied', async (context) => {
    const { url } = await fixture(context);
    assertGatewayAnswer(await call(url, { target: '/petstore/pets', headers: { authorization: 'Bearer bad' } }), 403, 'Forbidden');
  });

  test('404 where there is no route, with and without a token', async (context) => {
    const { url, fake } = await fixture(context);
    for (const target of ['/', '/petstorex', '/other', '/_mockenv/other', '//petstore'])
      assertGatewayAnswer(await call(url, { target, headers: GOOD }), 404, 'Not Found');
    assertGatewayAnswer(await call(url, { target: '/other' }), 404, 'Not Found');
    assert.equal(fake.events.length, 0);
  });

  test('500 whenever the validator gives no verdict: it fails closed', async (context) => {
    const { url, fake, validatorFailures } = await fixture(context);
    for (const behaviour of [raise, replyWith('garbage'), replyWith('{}'), replyWith('', 502)]) {
      fake.behaviour = behaviour;
      assertGatewayAnswer(await call(url, { target: '/petstore/pets', headers: GOOD }), 500, 'Internal Server Error');
    }
    await fake.stop();
    assertGatewayAnswer(await call(url, { target: '/petstore/pets', headers: GOOD }), 500, 'Internal Server Error');
    assert.equal(validatorFailures.length, 5);
    assert.ok(validatorFailures.every((reason) => !reason.includes('good')));
  });

  test('413 for a body over 10 MB, by its length and by count', async (context) => {
    const { url } = await fixture(context);
    const made = { method: 'POST', target: '/petstore/pets', body: Buffer.alloc(10 * 1024 * 1024 + 1, ' ') };
    assertGatewayAnswer(await call(url, { ...made, headers: GOOD }), 413, 'Request Entity Too Large');
    const chunked = await call(url, { ...made, headers: { ...GOOD, 'transfer-encoding': 'chunked' } });
    assert.equal(chunked.status, 413);
    assert.equal(chunked.text, '{"message":"Request Entity Too Large"}');
  });

  test('413 for a body that turns out longer on its way to an upstream', async (context) => {
    const upstream = await startUpstream(context, (request) => void request.resume());
    const gateway = { validator: () => Promise.resolve(true) };
    const { url, faults } = await startHost(context, { mocks: [upstream], gateway });
    const headers = { ...GOOD, 'transfer-encoding': 'chunked' };
    const body = Buffer.alloc(10 * 1024 * 1024 + 1, 'x');
    assertGatewayAnswer(await call(url, { method: 'POST', target: '/ledger/x', headers, body }), 413, 'Request Entity Too Large');
    assert.deepEqual(faults, []);
  });

  test('431 from 10,240 bytes of request line and header values on, also past what Node reads', async (context) => {
    const { url } = await fixture(context);
    const padded = (bytes: number) => call(url, { target: '/petstore/pets', headers: { ...GOOD, pad: 'x'.repeat(bytes) } });
    const taken = `GET /petstore/pets HTTP/1.1${GOOD.authorization}${new URL(url).host}close`.length;
    assert.equal((await padded(10_240 - taken)).status, 200);
    assertGatewayAnswer(await padded(10_241 - taken), 431, 'Request Header Fields Too Large');
    const cutOff = await padded(70_000);
    assert.equal(cutOff.status, 431);
    assert.equal(cutOff.text, '{"message":"Request Header Fields Too Large"}');
  });
});

test("what passes gets the mock's answer with a request id of its own, though it comes from memory", async (context) => {
  const { url, journal } = await fixture(context);
  for (const index of [0, 1]) {
    const answer = await call(url, { target: '/petstore/pets', headers: GOOD });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['apigw-requestid'], journal[index]?.id);
    assert.equal(journal[index]?.mock, 'petstore');
  }
  assert.notEqual(journal[0]?.id, journal[1]?.id);
});

test('preflights need no token, on every route; health needs none either', async (context) => {
  const { url, fake } = await fixture(context);
  const headers = { origin: 'https://app.example.com', 'access-control-request-method': 'GET' };
  for (const target of ['/petstore', '/petstore/pets', '/uspto/']) {
    const answer = await call(url, { method: 'OPTIONS', target, headers });
    assert.equal(answer.status, 204);
    assert.equal(answer.headers['access-control-allow-origin'], 'https://app.example.com');
  }
  assert.equal((await call(url, { target: '/_mockenv/health' })).status, 200);
  assert.equal(fake.events.length, 0);
});

test('without a validator no token is asked for; the rest is as with one', async (context) => {
  const { url } = await startHost(context, { mocks: MOCKS, tokenHeader: null, gateway: { validator: null } });
  assert.equal((await call(url, { target: '/petstore/pets' })).status, 200);
  assert.equal((await call(url, { target: '/petstore/pets', headers: { authorization: 'Bearer bad' } })).status, 200);
  assertGatewayAnswer(await call(url, { target: '/other' }), 404, 'Not Found');
  const made = { method: 'POST', target: '/petstore/pets', body: Buffer.alloc(10 * 1024 * 1024 + 1, ' ') };
  assertGatewayAnswer(await call(url, made), 413, 'Request Entity Too Large');
});

suite('verdicts are remembered', () => {
  const ask = (url: string, target: string, authorization = 'Bearer good') => call(url, { target, headers: { authorization } });

  test('per token and route key, allowed and denied alike', async (context) => {
    const { url, fake } = await fixture(context);
    for (const target of ['/petstore/pets', '/petstore/pets/1', '/petstore/pets?x=1']) await ask(url, target);
    assert.equal(fake.events.length, 1);
    await ask(url, '/petstore');
    assert.equal(fake.events.length, 2);
    await ask(url, '/uspto/');
    assert.equal(fake.events.length, 3);
    for (let count = 0; count < 3; count += 1) assert.equal((await ask(url, '/petstore/pets', 'Bearer bad')).status, 403);
    assert.equal(fake.events.length, 4);
    assert.equal((await ask(url, '/petstore/pets', 'bearer good')).status, 403);
  });

  test('for as long as they may be, and not when that is 0', async (context) => {
    let now = 0;
    const { url, fake } = await fixture(context, { cacheSeconds: 300, nowMs: () => now });
    await ask(url, '/petstore/pets');
    now = 299_000;
    await ask(url, '/petstore/pets');
    assert.equal(fake.events.length, 1);
    now = 301_000;
    await ask(url, '/petstore/pets');
    assert.equal(fake.events.length, 2);
    const off = await fixture(context, { cacheSeconds: 0 });
    await ask(off.url, '/petstore/pets');
    await ask(off.url, '/petstore/pets');
    assert.equal(off.fake.events.length, 2);
  });

  test('but failures are not', async (context) => {
    const { url, fake } = await fixture(context);
    fake.behaviour = raise;
    assert.equal((await ask(url, '/petstore/pets')).status, 500);
    fake.behaviour = allowGood;
    assert.equal((await ask(url, '/petstore/pets')).status, 200);
  });

  test('equal questions at one time share a call, different ones do not', async (context) => {
    const { url, fake } = await fixture(context);
    const held: (() => void)[] = [];
    fake.behaviour = (event, response) => held.push(() => allowGood(event, response));
    const asked = ['Bearer good', 'Bearer good', 'Bearer bad'].map((token) => ask(url, '/petstore/pets', token));
    while (held.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    for (const release of held) release();
    assert.deepEqual((await Promise.all(asked)).map(({ status }) => status), [200, 200, 403]);
    assert.equal(fake.events.length, 2);
  });
});

test('the event is an API Gateway authorizer event, payload format 2.0', async (context) => {
  const { url, fake } = await fixture(context);
  const host = new URL(url).host;
  const headers = ['Host', host, 'Authorization', 'Bearer good', 'X-Two', 'a', 'x-two', 'b', 'Cookie', 'c=1; d=2', 'User-Agent', 'test'];
  await call(url, { target: '/petstore/pets/a%20b?tag=x&tag=y%20z&empty', headers });
  const event = fake.events[0] as Record<string, unknown>;
  const { requestId, time, timeEpoch, ...requestContext } = event['requestContext'] as Record<string, unknown>;
  assert.match(String(requestId), /=$/);
  assert.match(String(time), /^\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2} \+0000$/);
  assert.equal(typeof timeEpoch, 'number');
  assert.deepEqual({ ...event, requestContext }, {
    version: '2.0',
    type: 'REQUEST',
    routeArn: 'arn:aws:execute-api:local:000000000000:mockenvloc/$default/GET/petstore/pets/a%20b',
    identitySource: ['Bearer good', 'ANY /petstore/{proxy+}'],
    routeKey: 'ANY /petstore/{proxy+}',
    rawPath: '/petstore/pets/a%20b',
    rawQueryString: 'tag=x&tag=y%20z&empty',
    cookies: ['c=1', 'd=2'],
    headers: { host, authorization: 'Bearer good', 'x-two': 'a,b', 'user-agent': 'test', connection: 'close' },
    queryStringParameters: { tag: 'x,y z', empty: '' },
    pathParameters: { proxy: 'pets/a b' },
    requestContext: {
      accountId: '000000000000',
      apiId: 'mockenvloc',
      domainName: host,
      domainPrefix: '127',
      http: { method: 'GET', path: '/petstore/pets/a%20b', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
      routeKey: 'ANY /petstore/{proxy+}',
      stage: '$default',
    },
  });
});

test('several token headers are one value with a comma, as on AWS, so a good one can not hide a bad one', async (context) => {
  const { url, fake } = await fixture(context);
  const headers = ['Authorization', 'Bearer good', 'authorization', 'Bearer bad'];
  assert.equal((await call(url, { target: '/petstore/pets', headers })).status, 403);
  assert.equal(fake.events[0]?.identitySource[0], 'Bearer good,Bearer bad');
});
