import type { CredentialSource } from './credentials.ts';
import type { HttpAnswer, HttpGet } from './http_get.ts';
import { signedHeaders, uriEncode } from './signature.ts';

export interface BucketOptions {
  readonly name: string;
  readonly region: string;
  /** `http://host:port` of a server that behaves like S3; null: S3 itself. */
  readonly endpoint: URL | null;
  readonly credentials: CredentialSource;
  readonly get: HttpGet;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface BucketObject {
  readonly etag: string;
  readonly body: Buffer;
}

/** S3 answered, but not with what was asked for. */
export class BucketError extends Error {
  override readonly name = 'BucketError';
  readonly status: number;

  constructor(key: string, status: number, code: string) {
    super(`S3 answered ${status}${code === '' ? '' : ` (${code})`} to ${key}`);
    this.status = status;
  }
}

/** Reads a bucket. Every method rejects with a BucketError, or with why there was no whole answer. */
export class Bucket {
  readonly #options: BucketOptions;
  readonly #root: URL;

  constructor(options: BucketOptions) {
    this.#options = options;
    this.#root = rootOf(options);
  }

  async read(key: string): Promise<BucketObject> {
    return toObject(key, await this.#get(key, {}));
  }

  /** Writes an object to a file, however large, and gives its SHA-256 (hex). */
  async save(key: string, file: string): Promise<string> {
    const answer = await this.#get(key, {}, {}, file);
    toObject(key, answer);
    return answer.sha256 ?? '';
  }

  /** Undefined if the object still has this ETag. */
  async readChanged(key: string, etag: string | undefined): Promise<BucketObject | undefined> {
    const answer = await this.#get(key, etag === undefined ? {} : { 'if-none-match': etag });
    return answer.status === 304 ? undefined : toObject(key, answer);
  }

  /** Undefined if there is none. */
  async readIfThere(key: string): Promise<BucketObject | undefined> {
    const answer = await this.#get(key, {});
    return answer.status === 404 ? undefined : toObject(key, answer);
  }

  /** All keys that start with `prefix` (ListObjectsV2, 1,000 at a time). */
  async keys(prefix: string): Promise<string[]> {
    const keys: string[] = [];
    let page: Page | undefined;
    do {
      page = await this.#page(prefix, page?.next);
      keys.push(...page.keys);
    } while (page.next !== undefined);
    return keys;
  }

  async #page(prefix: string, token: string | undefined): Promise<Page> {
    const query = { 'list-type': '2', 'encoding-type': 'url', prefix, ...(token && { 'continuation-token': token }) };
    const answer = await this.#get('', {}, query);
    return toPage(toObject(prefix, answer).body.toString());
  }

  async #get(
    key: string,
    headers: Record<string, string>,
    query: Record<string, string> = {},
    file?: string,
  ): Promise<HttpAnswer> {
    const { region, credentials, get, now } = this.#options;
    const url = new URL(this.#root);
    url.pathname += key.split('/').map(uriEncode).join('/');
    url.search = Object.entries(query).map(([name, value]) => `${name}=${uriEncode(value)}`).join('&');
    return get(url, signedHeaders(url, { credentials: await credentials(), region, time: new Date(now()), headers }), file);
  }
}

interface Page {
  readonly keys: readonly string[];
  /** Where the next page starts; undefined: this was the last. */
  readonly next: string | undefined;
}

/** A bucket whose name has dots does not fit into S3's certificate as a host name. */
function rootOf({ name, region, endpoint }: BucketOptions): URL {
  if (endpoint) return new URL(`${endpoint.origin}/${name}/`);
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const host = `s3.${region}.${suffix}`;
  return new URL(name.includes('.') ? `https://${host}/${name}/` : `https://${name}.${host}/`);
}

function toObject(key: string, { status, headers, body }: HttpAnswer): BucketObject {
  if (status !== 200) throw new BucketError(key, status, /<Code>(\w+)<\/Code>/.exec(body.toString())?.[1] ?? '');
  return { etag: headers.etag ?? '', body };
}

/** Keys come percent-encoded (`encoding-type=url`), so nothing in them looks like XML. */
function toPage(xml: string): Page {
  const keys = [...xml.matchAll(/<Contents>.*?<Key>([^<]*)<\/Key>/gs)].map(([, key]) => decodeKey(key ?? ''));
  const token = /<NextContinuationToken>([^<]*)<\/NextContinuationToken>/.exec(xml)?.[1];
  return { keys, next: /<IsTruncated>true</.test(xml) ? token && unescapeXml(token) : undefined };
}

function decodeKey(key: string): string {
  return decodeURIComponent(key.replaceAll('+', ' '));
}

const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' };

function unescapeXml(text: string): string {
  return text.replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity] ?? entity);
}
