import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { StartError, messageOf } from './errors.ts';
import { readFaultSettings, type FaultSettings } from './faults/settings.ts';

export interface PrismMock {
  readonly name: string;
  /** Base path: `/` or `/seg(/seg)*`, without a trailing slash. */
  readonly path: string;
  readonly engine: 'prism';
  /** Absolute path of the OpenAPI document. */
  readonly document: string;
  readonly faults?: FaultSettings;
}

export interface ServiceMock {
  readonly name: string;
  readonly path: string;
  readonly engine: 'service';
  /** Where the engine listens: `http://host:port`, without a path. */
  readonly upstream: URL;
  readonly faults?: FaultSettings;
}

export interface MockServerMock extends Omit<ServiceMock, 'engine'> {
  readonly engine: 'mockserver';
  /** Absolute path of the file that its MockServer is kept at. */
  readonly expectations: string;
}

export type UpstreamMock = ServiceMock | MockServerMock;
export type Mock = PrismMock | UpstreamMock;

export interface GatewaySettings {
  /** Absolute path of the Unix socket the token validator listens on; null: no token is asked for. */
  readonly validatorSocket: string | null;
  /** The same of the local token issuer; null: there is none. */
  readonly issuerSocket: string | null;
  /** How long a validator's answer is kept; 0 switches the cache off. */
  readonly cacheSeconds: number;
}

export interface Configuration {
  readonly environment: string;
  /** Lower-case name of the header that carries our token; null: there is none to remove. */
  readonly tokenHeader: string | null;
  readonly mocks: readonly Mock[];
  /** Whether the gateway in front names the route of every request, so that one without is refused. */
  readonly requiresRoute: boolean;
  /** Present only locally: the host then plays API Gateway in front of itself. */
  readonly gateway: GatewaySettings | null;
}

const MOCK_NAME = /^[a-z][a-z0-9-]{0,30}$/;
const BASE_PATH = /^(?:\/|(?:\/[A-Za-z0-9._~-]+)+)$/;
const HEADER_NAME = /^[a-z0-9!#$%&'*+.^_`|~-]+$/;
const RESERVED_PATH = '/_mockenv';
const MAX_CACHE_SECONDS = 3600;

/** Reads environment.json; relative paths in it start at its own folder. @throws StartError */
export function readConfiguration(file: string): Configuration {
  return parseConfiguration(file, () => readFileSync(file, 'utf8'));
}

/** The same from a text that `text` gets, or can't get. @throws StartError */
export function parseConfiguration(file: string, text: () => string): Configuration {
  let json: unknown;
  try {
    json = JSON.parse(text());
  } catch (error) {
    throw new StartError(
      `${file} can't be read as a mock host configuration: ${messageOf(error)}. ` +
        'Give --config the environment.json that mockenv wrote.',
    );
  }
  return new Reader(file).configuration(json);
}

/** Checks once at the edge, so that the inside can trust its types. */
class Reader {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  configuration(json: unknown): Configuration {
    const root = this.#object(json, 'the file');
    const mocks = this.#mocks(root['mocks']);
    const tokenHeader = this.#tokenHeader(root['token_header']);
    const gateway = root['gateway'] === undefined ? null : this.#gateway(root['gateway']);
    if (gateway?.validatorSocket && tokenHeader === null)
      this.#refuse('token_header', 'must name a header where tokens are checked');
    const requiresRoute = this.#flag(root['requires_route'], 'requires_route');
    return { environment: this.#text(root['environment'], 'environment'), tokenHeader, mocks, requiresRoute, gateway };
  }

  #mocks(json: unknown): readonly Mock[] {
    if (!Array.isArray(json) || json.length === 0) this.#refuse('mocks', 'must be a list of at least one mock');
    const mocks = (json as unknown[]).map((mock, index) => this.#mock(mock, `mocks[${index}]`));
    this.#unique(mocks.map((mock) => mock.name), 'name');
    this.#unique(mocks.map((mock) => mock.path), 'path');
    this.#unique(mocks.flatMap((mock) => (mock.engine === 'mockserver' ? [mock.upstream.origin] : [])), 'MockServer');
    return mocks;
  }

  #mock(json: unknown, where: string): Mock {
    const mock = this.#object(json, where);
    const name = this.#matching(mock['name'], MOCK_NAME, `${where}.name`);
    const path = this.#path(mock['path'], `${where}.path`);
    const faults = readFaultSettings(mock, where, (place, what) => this.#refuse(place, what));
    const common = { name, path, ...(faults && { faults }) };
    switch (mock['engine']) {
      case 'prism':
        return { ...common, engine: 'prism', document: this.#filePath(mock['document'], `${where}.document`) };
      case 'mockserver': {
        const expectations = this.#filePath(mock['expectations'], `${where}.expectations`);
        return { ...common, engine: 'mockserver', upstream: this.#upstream(mock['upstream'], `${where}.upstream`), expectations };
      }
      case 'service':
        return { ...common, engine: 'service', upstream: this.#upstream(mock['upstream'], `${where}.upstream`) };
      default:
        return this.#refuse(`${where}.engine`, "must be 'prism', 'mockserver' or 'service'");
    }
  }

  #gateway(json: unknown): GatewaySettings {
    const gateway = this.#object(json, 'gateway');
    const seconds = gateway['cache_seconds'];
    if (!Number.isInteger(seconds) || (seconds as number) < 0 || (seconds as number) > MAX_CACHE_SECONDS)
      this.#refuse('gateway.cache_seconds', `must be a whole number from 0 to ${MAX_CACHE_SECONDS}`);
    const validatorSocket = this.#socket(gateway, 'validator_socket');
    const issuerSocket = this.#socket(gateway, 'issuer_socket');
    return { validatorSocket, issuerSocket, cacheSeconds: seconds as number };
  }

  #socket(gateway: Record<string, unknown>, key: string): string | null {
    return gateway[key] === null ? null : this.#filePath(gateway[key], `gateway.${key}`);
  }

  #tokenHeader(json: unknown): string | null {
    if (json === null || json === undefined) return null;
    return this.#matching(String(json).toLowerCase(), HEADER_NAME, 'token_header');
  }

  #path(json: unknown, where: string): string {
    const path = this.#matching(json, BASE_PATH, where);
    if (path === RESERVED_PATH || path.startsWith(`${RESERVED_PATH}/`))
      this.#refuse(where, `may not lie under ${RESERVED_PATH}, which is the host's own`);
    return path;
  }

  #upstream(json: unknown, where: string): URL {
    const url = URL.parse(this.#text(json, where));
    if (url?.protocol !== 'http:' || url.pathname !== '/' || url.search !== '' || url.username !== '')
      return this.#refuse(where, 'must look like http://127.0.0.1:9100');
    return url;
  }

  #filePath(json: unknown, where: string): string {
    return resolve(dirname(this.#file), this.#text(json, where));
  }

  #matching(json: unknown, pattern: RegExp, where: string): string {
    const text = this.#text(json, where);
    if (!pattern.test(text)) this.#refuse(where, `'${text}' does not match ${pattern.source}`);
    return text;
  }

  #text(json: unknown, where: string): string {
    return typeof json === 'string' && json !== '' ? json : this.#refuse(where, 'must be a non-empty text');
  }

  #flag(json: unknown, where: string): boolean {
    if (json !== undefined && typeof json !== 'boolean') this.#refuse(where, 'must be true or false');
    return json === true;
  }

  #object(json: unknown, where: string): Record<string, unknown> {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) this.#refuse(where, 'must be a JSON object');
    return json as Record<string, unknown>;
  }

  #unique(values: readonly string[], key: string): void {
    const twice = values.find((value, index) => values.indexOf(value) !== index);
    if (twice !== undefined) this.#refuse('mocks', `two of them have the ${key} '${twice}'`);
  }

  #refuse(where: string, what: string): never {
    throw new StartError(`${this.#file}: ${where} ${what}. Let mockenv write the file again.`);
  }
}
