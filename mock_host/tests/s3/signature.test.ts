import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { signedHeaders, uriEncode } from '../../src/s3/signature.ts';

// The examples of the Amazon S3 API reference, "Signature Calculations for the Authorization
// Header", with the keys, the time and the signatures that are printed there.
const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
const time = new Date('2013-05-24T00:00:00Z');
const ROOT = 'https://examplebucket.s3.amazonaws.com';

suite("gives AWS's own examples' signatures", () => {
  const examples: [string, Record<string, string>, string, string][] = [
    [
      '/test.txt', { range: 'bytes=0-9' }, 'host;range;x-amz-content-sha256;x-amz-date',
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    ],
    [
      '/?lifecycle', {}, 'host;x-amz-content-sha256;x-amz-date',
      'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
    ],
    [
      '/?max-keys=2&prefix=J', {}, 'host;x-amz-content-sha256;x-amz-date',
      '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
    ],
  ];
  for (const [target, headers, names, signature] of examples) {
    test(target, () => {
      const signed = signedHeaders(new URL(ROOT + target), { credentials, region: 'us-east-1', time, headers });
      assert.equal(
        signed['authorization'],
        `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=${names},Signature=${signature}`,
      );
      assert.equal(signed['x-amz-date'], '20130524T000000Z');
      assert.equal(signed['range'], headers['range']);
    });
  }
});

test('the order of the query does not matter; the session token is sent and signed', () => {
  const sign = (target: string, sessionToken?: string) =>
    signedHeaders(new URL(ROOT + target), {
      credentials: { ...credentials, ...(sessionToken && { sessionToken }) }, region: 'us-east-1', time,
    });
  assert.equal(sign('/?prefix=J&max-keys=2')['authorization'], sign('/?max-keys=2&prefix=J')['authorization']);
  const withToken = sign('/a', 'session');
  assert.equal(withToken['x-amz-security-token'], 'session');
  assert.match(withToken['authorization'] ?? '', /SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token,/);
});

test('encodes everything but letters, digits and -._~', () => {
  assert.equal(uriEncode("aZ9-._~ /!'()*+ä"), 'aZ9-._~%20%2F%21%27%28%29%2A%2B%C3%A4');
});
