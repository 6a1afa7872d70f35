import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { codeOf } from '../errors.ts';

/** A file that a document was made from, as it was when it was read. */
export interface SourceFile {
  /** Absolute, as it was referred to: links in it are not resolved. */
  readonly path: string;
  /** Cheap to compare: changes with the file; empty where equal stamps would prove nothing. */
  readonly stamp: string;
  /** Of the content; for a file that could not be read, of why not. */
  readonly digest: string;
}

/**
 * A file system keeps times to a tick of its clock, some to two seconds. A file that was written
 * so shortly before may be written again within the same tick, and look the same.
 */
const SETTLED_AFTER_MS = 2_000;

/** What tells a file from its next state without reading it; links are followed. */
export async function stampOf(path: string, nowMs: number = Date.now()): Promise<string> {
  try {
    const { dev, ino, size, mtimeMs, ctimeMs, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    const latestMs = mtimeMs > ctimeMs ? mtimeMs : ctimeMs;
    if (Math.abs(nowMs - Number(latestMs)) < SETTLED_AFTER_MS) return '';
    return [dev, ino, size, mtimeNs, ctimeNs].join(':');
  } catch (error) {
    return `none:${codeOf(error)}`;
  }
}

export function digestOf(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Whether any of the files may have changed since; reads none of them. */
export async function mayDiffer(files: readonly SourceFile[]): Promise<boolean> {
  for (const { path, stamp } of files) {
    if (stamp === '' || (await stampOf(path)) !== stamp) return true;
  }
  return false;
}

/** The same files where their folder was copied to another; to be compared by content only. */
export function movedFiles(files: readonly SourceFile[], from: string, to: string): SourceFile[] {
  return files.map(({ path, digest }) => ({ path: join(to, relative(from, path)), stamp: '', digest }));
}
