import { statSync, watch, type FSWatcher } from 'node:fs';
import { foldersToWatch } from './watched_folders.ts';

export interface FileWatchOptions {
  /** Called after something happened near one of the files; the files themselves may be unchanged. */
  readonly onActivity: () => void;
  readonly nowMs: () => number;
  /** How to watch a folder: `fs.watch`, which throws where it can't. */
  readonly watchFolder?: (folder: string, onEvent: () => void) => Pick<FSWatcher, 'close' | 'on'>;
}

/** Editors write in several steps; activity is told once it has been quiet for so long, */
const QUIET_MS = 50;
/** but, where it never is, after so long. */
const LONGEST_WAIT_MS = 500;
/**
 * Some file systems (network drives, folders shared with a virtual machine) tell nothing, and
 * there are not always watches to be had: so the files are looked at this often besides.
 */
const LOOK_EVERY_MS = 1_000;

interface Watched {
  readonly watcher: Pick<FSWatcher, 'close'>;
  /** A folder that was replaced has the same path and another identity. */
  readonly identity: string;
}

/** Notices activity around a set of files. Watches folders: a file saved by an editor is often a new one. */
export class FileWatch {
  readonly #options: FileWatchOptions;
  readonly #watched = new Map<string, Watched>();
  #looking: NodeJS.Timeout | undefined;
  #settling: NodeJS.Timeout | undefined;
  #unsettledSinceMs = 0;
  #closed = false;

  constructor(options: FileWatchOptions) {
    this.#options = options;
  }

  /** Turns to these files (absolute paths, existing or not); to be called again after each activity. */
  follow(paths: Iterable<string>): void {
    if (this.#closed) return;
    this.#looking ??= setInterval(() => this.#onEvent(), LOOK_EVERY_MS).unref();
    const wanted = foldersToWatch(paths);
    for (const folder of this.#watched.keys()) if (!wanted.has(folder)) this.#forget(folder);
    for (const folder of wanted) this.#watch(folder);
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#looking);
    clearTimeout(this.#settling);
    for (const folder of this.#watched.keys()) this.#forget(folder);
  }

  #watch(folder: string): void {
    const identity = identityOf(folder);
    if (this.#watched.get(folder)?.identity === identity) return;
    this.#forget(folder);
    if (identity === undefined) return;
    try {
      const watcher = (this.#options.watchFolder ?? watchFolder)(folder, () => this.#onEvent());
      watcher.on('error', () => this.#forget(folder));
      this.#watched.set(folder, { watcher, identity });
    } catch {
      // The regular look covers it.
    }
  }

  #forget(folder: string): void {
    this.#watched.get(folder)?.watcher.close();
    this.#watched.delete(folder);
  }

  #onEvent(): void {
    const nowMs = this.#options.nowMs();
    if (this.#settling === undefined) this.#unsettledSinceMs = nowMs;
    clearTimeout(this.#settling);
    const leftMs = this.#unsettledSinceMs + LONGEST_WAIT_MS - nowMs;
    this.#settling = setTimeout(() => this.#settled(), Math.max(0, Math.min(QUIET_MS, leftMs))).unref();
  }

  #settled(): void {
    this.#settling = undefined;
    this.#options.onActivity();
  }
}

function watchFolder(folder: string, onEvent: () => void): FSWatcher {
  return watch(folder, { persistent: false }, onEvent);
}

function identityOf(folder: string): string | undefined {
  const stats = statSync(folder, { bigint: true, throwIfNoEntry: false });
  return stats && `${stats.dev}:${stats.ino}:${stats.birthtimeNs}`;
}
