import { basename } from 'node:path';
import { loadDocument } from '../src/prism/documents.ts';
import { Contest } from './contest.ts';
import { MockHost } from './mock_host.ts';
import { plan } from './plan.ts';
import { PrismCli } from './prism_cli.ts';
import { Random } from './random.ts';
import type { Share } from './shares.ts';
import { compete, type DocumentResult } from './tally.ts';

export interface RunOptions {
  readonly shares: readonly Share[];
  readonly seed: number;
  /** Documents at a time. */
  readonly concurrency: number;
  readonly onProgress?: (result: DocumentResult) => void;
}

/** Sends each document's share of requests to the Prism CLI and to our host. */
export async function run({ shares, seed, concurrency, onProgress }: RunOptions): Promise<DocumentResult[]> {
  const host = await MockHost.start(shares.map(({ file }) => file));
  const results: DocumentResult[] = [];
  const waiting = shares.map((share, index) => ({ share, index }));
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const result = await runDocument(next.share, seed, host);
      results[next.index] = result;
      onProgress?.(result);
    }
  };
  try {
    await Promise.all(Array.from({ length: concurrency }, work));
  } finally {
    host.stop();
  }
  return results;
}

async function runDocument({ file, requests }: Share, seed: number, host: MockHost): Promise<DocumentResult> {
  const operations = await loadDocument(file);
  const cli = await PrismCli.start(file);
  try {
    const contest = new Contest(cli, host.subject(file), operations);
    const random = new Random(seed).fork(basename(file));
    return await compete(contest, basename(file), operations.length, plan(operations, requests, random));
  } finally {
    cli.stop();
  }
}
