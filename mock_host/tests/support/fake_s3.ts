import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Cleanup } from './folder.ts';

/** Answers in place of the bucket, or says false: then the bucket does. */
export type Disturbance = (key: string, response: ServerResponse) => boolean;

const PAGE_KEYS = 3;

/** A server that answers like S3 (path style): ETags, 304, 404, ListObjectsV2 in pages; and what one disturbs in it. */
export class FakeS3 {
  readonly bucket = 'config';
  readonly objects = new Map<string, Buffer>();
  /** What was asked for: keys, and `?prefix` for lists. */
  readonly asked: string[] = [];
  readonly answered: number[] = [];
  disturb: Disturbance = () => false;
  #server: Server | undefined;
  #port = 0;

  constructor(context: Cleanup) {
    context.after(() => this.vanish());
  }

  get endpoint(): URL {
    return new URL(`http://127.0.0.1:${this.#port}`);
  }

  /** Listens; after it vanished, where it did before. */
  async appear(): Promise<this> {
    this.#server = createServer((request, response) => this.#answer(request, response));
    await once(this.#server.listen(this.#port, '127.0.0.1'), 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
    return this;
  }

  async vanish(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }

  put(key: string, content: unknown): void {
    const text = typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content);
    this.objects.set(key, Buffer.from(text));
  }

  /** Puts the files of a version, with a manifest unless it is told otherwise, and makes it current. */
  push(version: string, files: Readonly<Record<string, unknown>>, { manifest = true } = {}): void {
    for (const [path, content] of Object.entries(files)) this.put(`versions/${version}/${path}`, content);
    if (manifest) this.put(`versions/${version}/manifest.json`, this.manifest(version, Object.keys(files)));
    this.put('current/version', `${version}\n`);
  }

  manifest(version: string, paths: readonly string[]): object {
    const sha256 = (path: string): string => digest('sha256', this.objects.get(`versions/${version}/${path}`) ?? Buffer.from(''));
    return { files: paths.map((path) => ({ path, sha256: sha256(path) })) };
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', this.endpoint);
    const key = decodeURIComponent(url.pathname.slice(`/${this.bucket}/`.length));
    const listed = url.searchParams.get('prefix');
    this.asked.push(listed === null ? key : `?${listed}`);
    response.on('finish', () => this.answered.push(response.statusCode));
    if (!isSigned(request)) refuse(response, 403, 'AccessDenied');
    else if (this.disturb(key, response)) return;
    else if (listed !== null) this.#list(url.searchParams, response);
    else this.#object(key, request, response);
  }

  #object(key: string, { headers }: IncomingMessage, response: ServerResponse): void {
    const body = this.objects.get(key);
    if (!body) return refuse(response, 404, 'NoSuchKey');
    const etag = `"${digest('md5', body)}"`;
    const same = headers['if-none-match'] === etag;
    response.writeHead(same ? 304 : 200, same ? { etag } : { etag, 'content-length': body.length });
    response.end(same ? undefined : body);
  }

  #list(query: URLSearchParams, response: ServerResponse): void {
    const after = query.get('continuation-token') ?? '';
    const keys = [...this.objects.keys()].toSorted().filter((key) => key.startsWith(query.get('prefix') ?? '') && key > after);
    const page = keys.slice(0, PAGE_KEYS);
    const more = keys.length > page.length;
    const contents = page.map((key) => `<Contents><Key>${encodeURIComponent(key).replaceAll('%2F', '/').replaceAll('%20', '+')}</Key><Size>1</Size></Contents>`);
    const token = more ? `<NextContinuationToken>${page.at(-1)?.replaceAll('&', '&amp;')}</NextContinuationToken>` : '';
    response.end(`<?xml version="1.0"?><ListBucketResult><IsTruncated>${more}</IsTruncated>${token}${contents.join('')}</ListBucketResult>`);
  }
}

/** Answers with an error as S3 does. */
export function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>…</Message></Error>`);
}

/** Announces a whole body and breaks off in the middle of it. */
export function breakOff(response: ServerResponse, body: Buffer): void {
  response.writeHead(200, { etag: '"half"', 'content-length': body.length });
  response.write(body.subarray(0, body.length / 2), () => response.destroy());
}

function isSigned({ headers }: IncomingMessage): boolean {
  return /^AWS4-HMAC-SHA256 Credential=\w+\/\d{8}\/[a-z0-9-]+\/s3\/aws4_request,SignedHeaders=[a-z0-9;-]+,Signature=[0-9a-f]{64}$/.test(
    headers.authorization ?? '',
  );
}

function digest(algorithm: 'md5' | 'sha256', content: Buffer): string {
  return createHash(algorithm).update(content).digest('hex');
}
