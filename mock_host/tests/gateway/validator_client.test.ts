import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createValidatorClient, type Validator } from '../../src/gateway/validator_client.ts';
import { FakeValidator, allowGood, raise, replyWith, type Behaviour } from '../support/fake_validator.ts';

const GOOD = { identitySource: ['Bearer good', 'ANY /'] };
const BAD = { identitySource: ['Bearer bad', 'ANY /'] };

async function fixture(
  context: TestContext,
  behaviour: Behaviour,
  timeoutMs = 10_000,
): Promise<{ fake: FakeValidator; ask: Validator }> {
  const fake = await new FakeValidator(context, behaviour).start();
  return { fake, ask: createValidatorClient({ socketPath: fake.socketPath, timeoutMs }) };
}

test('gives the verdict, over one kept connection', async (context) => {
  const { fake, ask } = await fixture(context, allowGood);
  assert.equal(await ask(GOOD), true);
  assert.equal(await ask(BAD), false);
  assert.deepEqual(fake.events, [GOOD, BAD]);
  assert.equal(fake.connections, 1);
});

test('anything but a boolean verdict is a failure', async (context) => {
  const { fake, ask } = await fixture(context, allowGood);
  const refused: [Behaviour, RegExp][] = [
    [raise, /raised an exception: .*boom/],
    [replyWith('garbage'), /not JSON/],
    [replyWith('null'), /without a boolean/],
    [replyWith('{}'), /without a boolean/],
    [replyWith('{"isAuthorized":"true"}'), /without a boolean/],
    [replyWith('{"isAuthorized":1}'), /without a boolean/],
    [replyWith('[true]'), /without a boolean/],
    [replyWith('{"isAuthorized":true}', 500), /status 500/],
    [replyWith('"'.padEnd(2_000_000, 'x')), /more than 1 MB/],
    [(_, response) => response.destroy(), /./],
  ];
  for (const [behaviour, message] of refused) {
    fake.behaviour = behaviour;
    await assert.rejects(ask(GOOD), { name: 'InvocationError', message });
  }
});

test('a validator that takes too long has failed', async (context) => {
  const { ask } = await fixture(context, () => undefined, 50);
  await assert.rejects(ask(GOOD), { name: 'InvocationError', message: /no answer within 50 ms/ });
});

test('a validator that is gone is a failure; started again it answers', async (context) => {
  const { fake, ask } = await fixture(context, allowGood);
  assert.equal(await ask(GOOD), true);
  await fake.stop();
  await assert.rejects(ask(GOOD), { name: 'InvocationError' });
  await fake.start();
  assert.equal(await ask(GOOD), true);
});

test('a kept connection that the validator has closed is not held against it', async (context) => {
  const { fake, ask } = await fixture(context, allowGood);
  assert.equal(await ask(GOOD), true);
  await fake.stop();
  await fake.start();
  assert.equal(await ask(GOOD), true);
});
