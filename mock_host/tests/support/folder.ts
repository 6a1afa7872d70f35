import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Where a helper leaves what is to be undone: a test's context, or a file's `after`. */
export interface Cleanup {
  after(undo: () => unknown): void;
}

/** A folder with the given files (path to text, or to a value written as JSON), removed when the test ends. */
export function folderWith(context: Cleanup, files: Readonly<Record<string, unknown>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'mock-host-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}
