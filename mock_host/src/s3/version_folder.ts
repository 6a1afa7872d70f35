import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { waitForAll } from '../wait_for_all.ts';
import type { Bucket } from './bucket.ts';

/** A version as it lies in the bucket is not what its manifest says, or can't be laid out as files. */
export class VersionError extends Error {
  override readonly name = 'VersionError';
}

interface Part {
  /** Below the version, with `/`. */
  readonly path: string;
  /** Missing where there is no manifest. */
  readonly sha256?: string;
}

/** Tells our folders from what else may be there. */
const FOLDER_PREFIX = 'mockenv-version-';
const MANIFEST = 'manifest.json';
const AT_ONCE = 8;

/**
 * Brings all files of a version into a fresh folder below `parent`, and gives that. With a
 * manifest (`{"files": [{"path": "environment.json", "sha256": "…"}]}`) exactly its files, each
 * checked; without one, whatever has the version's prefix. Rejects rather than leave half of it.
 */
export async function fetchVersion(bucket: Bucket, version: string, parent: string): Promise<string> {
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, FOLDER_PREFIX));
  try {
    const prefix = `versions/${version}/`;
    const parts = await listParts(bucket, prefix);
    for (let next = 0; next < parts.length; next += AT_ONCE)
      await waitForAll(parts.slice(next, next + AT_ONCE).map((part) => fetchPart(bucket, prefix, part, folder)));
    return folder;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Removes what was brought there before, but for `kept`. */
export async function removeVersionsBut(parent: string, kept: string | undefined): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  const old = names.filter((name) => name.startsWith(FOLDER_PREFIX)).map((name) => join(parent, name));
  for (const folder of old) if (folder !== kept) await rm(folder, { recursive: true, force: true });
}

async function listParts(bucket: Bucket, prefix: string): Promise<readonly Part[]> {
  const manifest = await bucket.readIfThere(prefix + MANIFEST);
  const parts = manifest ? partsOf(manifest.body.toString()) : await partsBelow(bucket, prefix);
  if (parts.length === 0) throw new VersionError('it has no files. Was it uploaded?');
  const bad = parts.find(({ path }) => !isPlainPath(path));
  if (bad) throw new VersionError(`its file '${bad.path}' has a name that can't be a file's.`);
  return parts;
}

async function partsBelow(bucket: Bucket, prefix: string): Promise<Part[]> {
  const keys = await bucket.keys(prefix);
  return keys.filter((key) => !key.endsWith('/')).map((key) => ({ path: key.slice(prefix.length) }));
}

function partsOf(manifest: string): Part[] {
  try {
    const { files } = JSON.parse(manifest) as { files: unknown[] };
    return files.map((file) => toPart(file as Record<string, unknown>));
  } catch {
    throw new VersionError(`its ${MANIFEST} is none. Push the version again.`);
  }
}

function toPart({ path, sha256 }: Record<string, unknown>): Part {
  if (typeof path !== 'string' || typeof sha256 !== 'string') throw new TypeError();
  return { path, sha256 };
}

function isPlainPath(path: string): boolean {
  return !/[\\\0]/.test(path) && path.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..');
}

async function fetchPart(bucket: Bucket, prefix: string, { path, sha256 }: Part, folder: string): Promise<void> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  const found = await bucket.save(prefix + path, file);
  if (sha256 !== undefined && found !== sha256)
    throw new VersionError(`its file '${path}' is not the one its manifest names. Push the version again.`);
}
