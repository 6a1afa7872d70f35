import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How many requests go to a document. */
export interface Share {
  /** Absolute path. */
  readonly file: string;
  readonly requests: number;
}

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const FOLDERS = [at('documents'), at('../tests/documents'), at('../../tests/specs'), at('../../mocks')];

const GITHUB = fileURLToPath(import.meta.resolve('@octokit/openapi/generated/api.github.com.json'));

/** The Prism CLI answers 20 to 45 requests a second from a document like GitHub's. */
const LARGE_BYTES = 5_000_000;
const MOST_FOR_LARGE = 2_000;
const LARGE_SHARE = 0.1;

export function defaultDocuments(): string[] {
  const small = FOLDERS.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /\.(?:ya?ml|json)$/.test(name))
      .sort()
      .map((name) => join(folder, name)),
  );
  return [...small, GITHUB];
}

/** Parts `requests` evenly, but for documents that the Prism CLI is slow with: those get at most a tenth, and 2,000. */
export function shareOut(requests: number, documents: readonly string[]): Share[] {
  const large = documents.filter((file) => statSync(file).size > LARGE_BYTES);
  const small = documents.filter((file) => !large.includes(file));
  const forLarge = small.length === 0 ? requests : Math.min(MOST_FOR_LARGE, Math.floor(requests * LARGE_SHARE));
  const each = large.map((file, index) => ({ file, requests: evenPart(forLarge, large.length, index) }));
  const left = requests - each.reduce((sum, share) => sum + share.requests, 0);
  const rest = small.map((file, index) => ({ file, requests: evenPart(left, small.length, index) }));
  // The slow ones first: they decide how long it takes.
  return [...each, ...rest];
}

function evenPart(total: number, parts: number, index: number): number {
  return Math.floor(((index + 1) * total) / parts) - Math.floor((index * total) / parts);
}
