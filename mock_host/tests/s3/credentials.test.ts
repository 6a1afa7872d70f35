import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { createCredentialSource } from '../../src/s3/credentials.ts';
import type { HttpGet } from '../../src/s3/http_get.ts';
import { folderWith } from '../support/folder.ts';

const HOUR_MS = 3_600_000;
const RELATIVE = { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/v2/credentials/abc' };

/** An endpoint like that of an ECS task: a new key with each call, good for an hour. */
class FakeEndpoint {
  readonly calls: { url: string; headers: Readonly<Record<string, string>> }[] = [];
  nowMs = 0;
  status = 200;

  readonly get: HttpGet = (url, headers) => {
    this.calls.push({ url: url.href, headers });
    const Expiration = new Date(this.nowMs + HOUR_MS).toISOString();
    const body = { AccessKeyId: `key${this.calls.length}`, SecretAccessKey: 'secret', Token: 'token', Expiration };
    return Promise.resolve({ status: this.status, headers: {}, body: Buffer.from(JSON.stringify(body)) });
  };

  source(environment: Record<string, string>) {
    return createCredentialSource({ environment, get: this.get, now: () => this.nowMs });
  }
}

test('environment variables come first, and ask nobody', async () => {
  const endpoint = new FakeEndpoint();
  const source = endpoint.source({ ...RELATIVE, AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 's', AWS_SESSION_TOKEN: 't' });
  assert.deepEqual(await source(), { accessKeyId: 'id', secretAccessKey: 's', sessionToken: 't' });
  assert.deepEqual(endpoint.calls, []);
});

suite("an ECS task's credentials", () => {
  test('are asked for once, and anew before they end', async () => {
    const endpoint = new FakeEndpoint();
    const source = endpoint.source(RELATIVE);
    assert.deepEqual(await source(), { accessKeyId: 'key1', secretAccessKey: 'secret', sessionToken: 'token' });
    assert.equal(endpoint.calls[0]?.url, 'http://169.254.170.2/v2/credentials/abc');
    endpoint.nowMs = HOUR_MS - 6 * 60_000;
    assert.equal((await source()).accessKeyId, 'key1');
    endpoint.nowMs = HOUR_MS - 4 * 60_000;
    assert.equal((await source()).accessKeyId, 'key2');
  });

  test('stay in use to their end where no new ones are to be had, and not beyond', async () => {
    const endpoint = new FakeEndpoint();
    const source = endpoint.source(RELATIVE);
    await source();
    endpoint.status = 500;
    endpoint.nowMs = HOUR_MS - 1;
    assert.equal((await source()).accessKeyId, 'key1');
    endpoint.nowMs = HOUR_MS;
    await assert.rejects(source, /no credentials from 169\.254\.170\.2: it answered 500/);
    endpoint.status = 200;
    assert.equal((await source()).accessKeyId, 'key4');
  });

  test('may need a token, which is read anew from its file each time', async (context) => {
    const file = join(folderWith(context, { token: 'one\n' }), 'token');
    const endpoint = new FakeEndpoint();
    const full = { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:51679/x' };
    const source = endpoint.source({ ...full, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: file });
    await source();
    writeFileSync(file, 'two');
    endpoint.nowMs = HOUR_MS;
    await source();
    assert.deepEqual(endpoint.calls.map(({ headers }) => headers['authorization']), ['one', 'two']);
    const direct = endpoint.source({ ...full, AWS_CONTAINER_AUTHORIZATION_TOKEN: 'three' });
    await direct();
    assert.equal(endpoint.calls.at(-1)?.headers['authorization'], 'three');
  });
});

suite('refuses at once', () => {
  test('to go without any', () => {
    assert.throws(() => new FakeEndpoint().source({}), { name: 'StartError', message: /no AWS credentials.*Give the task a role/ });
  });

  for (const url of ['http://evil.example.com/x', 'http://169.254.169.254/x', 'ftp://127.0.0.1/x'])
    test(`to ask ${url} for them`, () => {
      const environment = { AWS_CONTAINER_CREDENTIALS_FULL_URI: url };
      assert.throws(() => new FakeEndpoint().source(environment), { name: 'StartError', message: /needs https/ });
    });
});
