import { readFile } from 'node:fs/promises';
import { messageOf } from '../errors.ts';
import { digestOf, stampOf, type SourceFile } from '../prism/source_files.ts';
import type { Failure } from '../reload/load.ts';
import { generationOf, type Generation } from './generation.ts';
import { isUnusable, readExpectations } from './read.ts';

/** What became of a file of expectations. */
export type ExpectationsOutcome =
  | { readonly kind: 'loaded'; readonly files: readonly SourceFile[]; readonly generation: Generation }
  | { readonly kind: 'unchanged'; readonly files: readonly SourceFile[] }
  | { readonly kind: 'failed'; readonly files: readonly SourceFile[]; readonly failure: Failure };

/** Reads a file, unless its content is the `known` one. Never rejects. */
export async function loadExpectations(path: string, known: readonly SourceFile[]): Promise<ExpectationsOutcome> {
  const stamp = await stampOf(path);
  const content = await readFile(path).catch((error: unknown) => new Error(messageOf(error)));
  const digest = digestOf(content instanceof Error ? content.message : content);
  const files = [{ path, stamp, digest }];
  if (known[0]?.digest === digest) return { kind: 'unchanged', files };
  if (content instanceof Error) return { kind: 'failed', files, failure: { file: path, reason: content.message } };
  const read = readExpectations(content.toString());
  if (isUnusable(read)) return { kind: 'failed', files, failure: { file: path, ...read } };
  return { kind: 'loaded', files, generation: generationOf(read) };
}
