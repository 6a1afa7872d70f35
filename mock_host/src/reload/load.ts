import type { IHttpOperation } from '@stoplight/types';
import { messageOf } from '../errors.ts';
import { DocumentError, loadDocument } from '../prism/documents.ts';
import { toOperations, type Operations } from '../prism/operations.ts';
import { ConfinedReader } from '../prism/references.ts';
import type { SourceFile } from '../prism/source_files.ts';

/** Why something can't be served. */
export interface Failure {
  /** Absolute path; missing where no file is to blame. */
  readonly file?: string;
  /** One-based; missing where it isn't known. */
  readonly line?: number;
  readonly reason: string;
}

/** What became of a document, with the files it was made from (or that were tried). */
export type OutcomeOf<O> =
  | { readonly kind: 'loaded'; readonly files: readonly SourceFile[]; readonly operations: O }
  | { readonly kind: 'unchanged'; readonly files: readonly SourceFile[] }
  | { readonly kind: 'failed'; readonly files: readonly SourceFile[]; readonly failure: Failure };

export type Outcome = OutcomeOf<Operations>;

/**
 * Loads a document, unless all `known` files still have the content they had: then it would only
 * become again what it was. Never rejects.
 */
export type Load = (document: string, known: readonly SourceFile[]) => Promise<Outcome>;

/** Loads in the calling thread, which does nothing else meanwhile. */
export const loadHere: Load = async (document, known) => {
  const outcome = await loadAll(document, known);
  return outcome.kind === 'loaded' ? { ...outcome, operations: toOperations(outcome.operations) } : outcome;
};

/** The same with all operations at hand. */
export async function loadAll(document: string, known: readonly SourceFile[]): Promise<OutcomeOf<readonly IHttpOperation[]>> {
  const same = await sameContent(document, known);
  if (same) return { kind: 'unchanged', files: same };
  const reader = new ConfinedReader(document);
  try {
    const operations = await loadDocument(document, reader);
    return { kind: 'loaded', files: [...reader.files.values()], operations };
  } catch (error) {
    return { kind: 'failed', files: [...reader.files.values()], failure: failureOf(error) };
  }
}

export function failureOf(error: unknown): Failure {
  if (!(error instanceof DocumentError)) return { reason: messageOf(error) };
  const { file, line, reason } = error;
  return { file, ...(line !== undefined && { line }), reason };
}

/** One text for where it is and what is wrong. */
export function tellFailure({ file, line, reason }: Failure): string {
  return `${file === undefined ? '' : `${file}${line === undefined ? '' : `:${line}`}: `}${reason}`;
}

/** Reads files of a document only to note what they are. */
export async function noteFiles(document: string, paths: Iterable<string>): Promise<SourceFile[]> {
  const reader = new ConfinedReader(document);
  for (const path of new Set(paths)) await reader.readPath(path).catch(() => undefined);
  return [...reader.files.values()];
}

/** The files with the stamps they have now; undefined if any content differs, or none is known. */
async function sameContent(document: string, known: readonly SourceFile[]): Promise<SourceFile[] | undefined> {
  if (known.length === 0) return undefined;
  const noted = await noteFiles(document, known.map(({ path }) => path));
  return noted.every(({ digest }, index) => digest === known[index]?.digest) ? noted : undefined;
}
