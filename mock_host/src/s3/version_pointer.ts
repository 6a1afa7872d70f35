/** The object that names the version to serve. */
export const POINTER = 'current/version';

const VERSION = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/** Whether a text can be a version: one that is none could name other keys of the bucket. */
export function isVersion(text: string): boolean {
  return VERSION.test(text);
}
