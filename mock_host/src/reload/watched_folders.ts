import { readlinkSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** As many links as Linux itself follows in one path. */
const MAX_LINKS = 40;

/**
 * The folders in which something happens when one of the files changes, appears, goes, or is
 * swapped: the one that holds it, and each that holds a link on the way there. So a file saved
 * under another name and moved over, and Kubernetes' `..data` link, are noticed alike.
 */
export function foldersToWatch(paths: Iterable<string>): Set<string> {
  const walk = new Walk();
  for (const path of paths) walk.folders.add(dirname(walk.real(path)));
  return walk.folders;
}

class Walk {
  readonly folders = new Set<string>();
  readonly #walked = new Map<string, string>();

  /** The path with all its links resolved, as far as it exists. */
  real(path: string, linksLeft = MAX_LINKS): string {
    const known = this.#walked.get(path);
    if (known !== undefined || dirname(path) === path) return known ?? path;
    const here = join(this.real(dirname(path), linksLeft), basename(path));
    const target = linksLeft > 0 ? linkTarget(here) : undefined;
    const real = target === undefined ? here : this.#through(here, target, linksLeft - 1);
    this.#walked.set(path, real);
    return real;
  }

  #through(link: string, target: string, linksLeft: number): string {
    this.folders.add(dirname(link));
    return this.real(resolve(dirname(link), target), linksLeft);
  }
}

/** Undefined for what is no link, or isn't there. */
function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
