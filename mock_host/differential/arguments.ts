import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultDocuments } from './shares.ts';

export interface Arguments {
  readonly requests: number;
  readonly seed: number;
  /** Documents at a time. */
  readonly concurrency: number;
  /** Absolute paths. */
  readonly documents: readonly string[];
}

const USAGE =
  'Usage: node mock_host/differential/main.ts [--requests 20000] [--seed 1] [--concurrency 4] [--documents FILE…]';

/** @throws Error that says what to give instead */
export function parseArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      requests: { type: 'string', default: '20000' },
      seed: { type: 'string', default: '1' },
      concurrency: { type: 'string', default: '4' },
      documents: { type: 'string', multiple: true },
    },
  });
  const named = [...(values.documents ?? []), ...positionals].map(existing);
  return {
    requests: wholeNumber('--requests', values.requests, 1),
    seed: wholeNumber('--seed', values.seed, 0),
    concurrency: wholeNumber('--concurrency', values.concurrency, 1),
    documents: named.length > 0 ? named : defaultDocuments(),
  };
}

function wholeNumber(option: string, text: string, least: number): number {
  if (!/^\d{1,9}$/.test(text) || Number(text) < least)
    throw new Error(`${option} must be a whole number from ${least}, not '${text}'. ${USAGE}`);
  return Number(text);
}

function existing(file: string): string {
  const path = resolve(file);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw new Error(`no document at ${path}. ${USAGE}`);
  return path;
}
