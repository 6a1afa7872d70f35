import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readLoaderSettings } from '../../src/loader/settings.ts';

const VARIABLES = { CONFIG_BUCKET: 'config', AWS_REGION: 'eu-central-1', MOCK_HOST_SHA256: 'ab', TARGET_FOLDER: '/mockenv' };

test('says where everything comes from and goes to', () => {
  assert.deepEqual(readLoaderSettings(VARIABLES), {
    bucket: 'config', region: 'eu-central-1', endpoint: null, mockHostSha256: 'ab', targetFolder: '/mockenv',
  });
});

test("an emulator is named as to AWS's own tools", () => {
  const endpointOf = (more: Record<string, string>): string | undefined =>
    readLoaderSettings({ ...VARIABLES, ...more }).endpoint?.origin;
  assert.equal(endpointOf({ AWS_ENDPOINT_URL: 'http://127.0.0.1:5000' }), 'http://127.0.0.1:5000');
  const both = { AWS_ENDPOINT_URL: 'http://127.0.0.1:5000', AWS_ENDPOINT_URL_S3: 'https://127.0.0.1:5001/' };
  assert.equal(endpointOf(both), 'https://127.0.0.1:5001');
});

suite('what is missing is named:', () => {
  for (const name of Object.keys(VARIABLES))
    test(name, () => {
      assert.throws(() => readLoaderSettings({ ...VARIABLES, [name]: '' }), { name: 'StartError', message: new RegExp(`^${name} is not set`) });
    });
});

test('an endpoint that is no address is refused', () => {
  assert.throws(() => readLoaderSettings({ ...VARIABLES, AWS_ENDPOINT_URL_S3: 'nowhere' }), { message: /'nowhere' is no address/ });
});
