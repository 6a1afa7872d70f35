import { createHash, createHmac } from 'node:crypto';

/** What signs a request. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** With temporary credentials only. */
  readonly sessionToken?: string;
}

export interface SignOptions {
  readonly credentials: Credentials;
  readonly region: string;
  readonly time: Date;
  /** Sent, and signed, besides those that signing adds. Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const EMPTY_BODY_SHA256 = createHash('sha256').digest('hex');

/**
 * Headers for a GET without a body from S3, signed by AWS Signature Version 4 (Amazon S3 API
 * reference, "Signature Calculations for the Authorization Header: Transferring Payload in a
 * Single Chunk"). The SDK's S3 client would be larger than the whole host.
 */
export function signedHeaders(url: URL, options: SignOptions): Record<string, string> {
  const { credentials, region, time, headers = {} } = options;
  const timestamp = time.toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = `${timestamp.slice(0, 8)}/${region}/s3/aws4_request`;
  const signed: Record<string, string> = {
    ...headers,
    host: url.host,
    'x-amz-content-sha256': EMPTY_BODY_SHA256,
    'x-amz-date': timestamp,
    ...(credentials.sessionToken !== undefined && { 'x-amz-security-token': credentials.sessionToken }),
  };
  const names = Object.keys(signed).toSorted();
  const text = [ALGORITHM, timestamp, scope, sha256(canonicalRequest(url, signed, names))].join('\n');
  const signature = hmac(signingKey(credentials, scope), text).toString('hex');
  const credential = `${credentials.accessKeyId}/${scope}`;
  const authorization = `${ALGORITHM} Credential=${credential},SignedHeaders=${names.join(';')},Signature=${signature}`;
  return { ...signed, authorization };
}

/** Percent-encodes as the signature wants it: everything but letters, digits and `-._~`. */
export function uriEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function canonicalRequest(url: URL, headers: Readonly<Record<string, string>>, names: readonly string[]): string {
  const query = [...url.searchParams].map(([name, value]) => `${uriEncode(name)}=${uriEncode(value)}`).toSorted();
  const lines = names.map((name) => `${name}:${headers[name]?.trim()}\n`);
  return ['GET', url.pathname, query.join('&'), lines.join(''), names.join(';'), EMPTY_BODY_SHA256].join('\n');
}

function signingKey({ secretAccessKey }: Credentials, scope: string): Buffer {
  return scope.split('/').reduce<Buffer>((key, part) => hmac(key, part), Buffer.from(`AWS4${secretAccessKey}`));
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
