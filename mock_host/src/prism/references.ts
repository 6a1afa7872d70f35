import { readFile, realpath } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf } from '../errors.ts';
import { digestOf, stampOf, type SourceFile } from './source_files.ts';

interface ReferencedFile {
  /** Path (percent-encoded) or URL, without its fragment. */
  readonly url: string;
}

const SCHEME = /^[a-z][a-z0-9+.-]+:/i;

/** Beside a document: copies of the remote files it refers to, by host and path (mockenv/remote_refs.py). */
const REMOTE_FOLDER = 'remote-refs';

/**
 * Reads a document and the files it refers to, all within the document's own folder. What lies
 * elsewhere is refused: a document comes from anyone who opens a pull request, and following its
 * URLs would let it reach whatever the host can reach. A remote reference is answered by the copy
 * of its file, where `mockenv fetch` has made one. A resolver for
 * @stoplight/json-schema-ref-parser, which keeps to itself why a resolver failed: see `failure`.
 */
export class ConfinedReader {
  readonly order = 1;
  readonly canRead = true;
  /** Why the first file that could not be read wasn't; stands alone as a message. */
  failure: string | undefined;
  /** What was read so far, and what could not be, by path. */
  readonly files = new Map<string, SourceFile>();
  readonly #folder: Promise<string>;
  readonly #remoteFolder: string;

  constructor(document: string) {
    this.#remoteFolder = join(dirname(document), REMOTE_FOLDER);
    this.#folder = realpath(dirname(document)).catch(() => dirname(document));
  }

  /** The parser takes this function out of its object. */
  readonly read = async ({ url }: ReferencedFile): Promise<Buffer> => {
    try {
      return await (isRemote(url) ? this.#readCopy(url) : this.readPath(localPath(url)));
    } catch (error) {
      this.failure ??= messageOf(error);
      throw error;
    }
  };

  /** @throws Error whose message stands alone */
  async readPath(path: string): Promise<Buffer> {
    // Taken before the content: what is written between the two is noticed afterwards.
    const stamp = await stampOf(path);
    const note = (content: Buffer | string): void => {
      this.files.set(path, { path, stamp, digest: digestOf(content) });
    };
    try {
      const content = await this.#readWithin(path);
      note(content);
      return content;
    } catch (error) {
      note(messageOf(error));
      throw error;
    }
  }

  async #readCopy(url: string): Promise<Buffer> {
    const path = copyOf(url, this.#remoteFolder);
    if (path === undefined) return refuse(`the remote reference ${url} is not followed. Copy it beside the document and refer to the copy.`);
    return this.readPath(path).catch(() =>
      refuse(`the remote reference ${url} is not followed, and there is no copy of it at ${path}. Allow it under remote_refs in mockenv.yaml, then run mockenv fetch.`),
    );
  }

  async #readWithin(path: string): Promise<Buffer> {
    const real = await realpath(path).catch((error: unknown) => refuse(`${path} can't be read: ${messageOf(error)}`));
    const folder = await this.#folder;
    if (!real.startsWith(folder.endsWith(sep) ? folder : folder + sep))
      refuse(`${path} lies outside of ${folder}. Copy it beside the document and refer to the copy.`);
    return readFile(real);
  }
}

function isRemote(url: string): boolean {
  return SCHEME.test(url) && !url.startsWith('file:');
}

/** Undefined for what `mockenv fetch` makes no copy of. */
function copyOf(url: string, folder: string): string | undefined {
  const { protocol, host, pathname, search, username } = new URL(url);
  if (protocol !== 'https:' || search !== '' || username !== '') return undefined;
  const segments = pathname.split('/').slice(1);
  return segments.includes('') ? undefined : join(folder, host.replace(':', '_'), ...segments);
}

function localPath(url: string): string {
  return url.startsWith('file:') ? fileURLToPath(url) : decodePath(url);
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function refuse(message: string): never {
  throw new Error(message);
}
