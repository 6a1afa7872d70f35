import { readFile, realpath } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf } from '../errors.ts';

interface ReferencedFile {
  /** Path (percent-encoded) or URL, without its fragment. */
  readonly url: string;
}

const SCHEME = /^[a-z][a-z0-9+.-]+:/i;

/**
 * Reads a document and the files it refers to, all within the document's own folder. What lies
 * elsewhere is refused: a document comes from anyone who opens a pull request, and following its
 * URLs would let it reach whatever the host can reach. A resolver for
 * @stoplight/json-schema-ref-parser, which keeps to itself why a resolver failed: see `failure`.
 */
export class ConfinedReader {
  readonly order = 1;
  readonly canRead = true;
  /** Why the first file that could not be read wasn't; stands alone as a message. */
  failure: string | undefined;
  readonly #folder: Promise<string>;

  constructor(document: string) {
    this.#folder = realpath(dirname(document)).catch(() => dirname(document));
  }

  /** The parser takes this function out of its object. */
  readonly read = async ({ url }: ReferencedFile): Promise<Buffer> => {
    try {
      return await this.#readWithin(url);
    } catch (error) {
      this.failure ??= messageOf(error);
      throw error;
    }
  };

  async #readWithin(url: string): Promise<Buffer> {
    const path = localPath(url);
    const real = await realpath(path).catch((error: unknown) => refuse(`${path} can't be read: ${messageOf(error)}`));
    const folder = await this.#folder;
    if (!real.startsWith(folder.endsWith(sep) ? folder : folder + sep))
      refuse(`${path} lies outside of ${folder}. Copy it beside the document and refer to the copy.`);
    return readFile(real);
  }
}

function localPath(url: string): string {
  if (url.startsWith('file:')) return fileURLToPath(url);
  if (SCHEME.test(url))
    refuse(`the remote reference ${url} is not followed. Copy it beside the document and refer to the copy.`);
  return decodePath(url);
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
