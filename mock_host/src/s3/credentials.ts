import { readFile } from 'node:fs/promises';
import { StartError, messageOf } from '../errors.ts';
import type { HttpGet } from './http_get.ts';
import type { Credentials } from './signature.ts';

/** Credentials that are valid now. Rejects where there are none to be had. */
export type CredentialSource = () => Promise<Credentials>;

export interface CredentialOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly get: HttpGet;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

interface Temporary {
  readonly credentials: Credentials;
  readonly expiresAt: number;
}

/** Where the ECS agent answers (AWS SDKs and Tools reference guide, "Container credential provider"). */
const CONTAINER_ORIGIN = 'http://169.254.170.2';
/** Over plain HTTP the token may go only there and to this machine (same page). */
const PLAIN_HTTP_HOSTS = ['127.0.0.1', '[::1]', 'localhost', '169.254.170.2', '169.254.170.23', '[fd00:ec2::23]'];
/** New ones are asked for so long before the old ones end. ECS has them ready long before. */
const REFRESH_AHEAD_MS = 5 * 60_000;

/** Takes them from environment variables or, as in an ECS task, from the container's endpoint. @throws StartError */
export function createCredentialSource(options: CredentialOptions): CredentialSource {
  const { environment } = options;
  const accessKeyId = environment['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = environment['AWS_SECRET_ACCESS_KEY'];
  const sessionToken = environment['AWS_SESSION_TOKEN'];
  if (accessKeyId && secretAccessKey) {
    const fixed = { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
    return () => Promise.resolve(fixed);
  }
  return createContainerSource(containerUrl(environment), options);
}

function createContainerSource(url: URL, { environment, get, now }: CredentialOptions): CredentialSource {
  let known: Temporary | undefined;
  return async () => {
    if (known && now() < known.expiresAt - REFRESH_AHEAD_MS) return known.credentials;
    try {
      known = await ask(url, get, await authorization(environment));
    } catch (error) {
      // The old ones are good until they end.
      if (!known || now() >= known.expiresAt) throw new Error(`no credentials from ${url.host}: ${messageOf(error)}`);
    }
    return known.credentials;
  };
}

async function ask(url: URL, get: HttpGet, headers: Record<string, string>): Promise<Temporary> {
  const { status, body } = await get(url, headers);
  if (status !== 200) throw new Error(`it answered ${status}`);
  const { AccessKeyId, SecretAccessKey, Token, Expiration } = JSON.parse(body.toString()) as Record<string, unknown>;
  if (typeof AccessKeyId !== 'string' || typeof SecretAccessKey !== 'string') throw new Error('its answer holds none');
  const session = typeof Token === 'string' ? { sessionToken: Token } : {};
  const expiresAt = typeof Expiration === 'string' ? Date.parse(Expiration) : Number.POSITIVE_INFINITY;
  return { credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, ...session }, expiresAt };
}

function containerUrl(environment: CredentialOptions['environment']): URL {
  const relative = environment['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'];
  const full = environment['AWS_CONTAINER_CREDENTIALS_FULL_URI'];
  const url = URL.parse(relative ? CONTAINER_ORIGIN + relative : (full ?? ''));
  if (!url)
    throw new StartError(
      'there are no AWS credentials for the bucket: neither AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY ' +
        'nor AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is set. Give the task a role.',
    );
  const isPlainAllowed = url.protocol === 'http:' && PLAIN_HTTP_HOSTS.includes(url.hostname);
  if (url.protocol !== 'https:' && !isPlainAllowed)
    throw new StartError(`AWS_CONTAINER_CREDENTIALS_FULL_URI names ${url.host}, which needs https.`);
  return url;
}

/** Read anew each time: the file's token is replaced from time to time. */
async function authorization(environment: CredentialOptions['environment']): Promise<Record<string, string>> {
  const file = environment['AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'];
  const token = file ? (await readFile(file, 'utf8')).trim() : environment['AWS_CONTAINER_AUTHORIZATION_TOKEN'];
  return token ? { authorization: token } : {};
}
