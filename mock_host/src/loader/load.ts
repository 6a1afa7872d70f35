import { access, chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError, messageOf } from '../errors.ts';
import type { Bucket } from '../s3/bucket.ts';
import { fetchVersion } from '../s3/version_folder.ts';
import { POINTER, isVersion } from '../s3/version_pointer.ts';
import { waitForAll } from '../wait_for_all.ts';
import type { LoaderSettings } from './settings.ts';

export type Target = Pick<LoaderSettings, 'mockHostSha256' | 'targetFolder'>;

const READABLE_BY_ALL = 0o755;
const WRITABLE_BY_ALL = 0o1777;

/**
 * Brings the bucket's current version to `sources`, the mock host to `mock_host.mjs`, and makes
 * `live`. Gives the version. Files are as the umask says. Rejects with a StartError.
 */
export async function load(bucket: Bucket, { mockHostSha256, targetFolder }: Target): Promise<string> {
  const version = await currentVersion(bucket);
  await waitForAll([
    bringSources(bucket, version, targetFolder),
    bringMockHost(bucket, mockHostSha256, join(targetFolder, 'mock_host.mjs')),
    makeLiveFolder(join(targetFolder, 'live')),
  ]);
  return version;
}

async function currentVersion(bucket: Bucket): Promise<string> {
  const { body } = await bucket.read(POINTER).catch(blame(`${POINTER} can't be read from the config bucket`));
  const version = body.toString().trim();
  if (!isVersion(version)) throw new StartError(`${POINTER} holds no version`);
  return version;
}

/** Under its name the folder is whole. */
async function bringSources(bucket: Bucket, version: string, targetFolder: string): Promise<void> {
  const what = `the sources of version ${version} can't be read from the config bucket`;
  const fresh = await fetchVersion(bucket, version, targetFolder).catch(blame(what));
  const none = `version ${version} holds no environment.json`;
  await access(join(fresh, 'environment.json')).catch(() => { throw new StartError(none); });
  // The mock host reads here what it starts with.
  await writeFile(join(fresh, 'version'), version);
  await chmod(fresh, READABLE_BY_ALL);
  const sources = join(targetFolder, 'sources');
  await rm(sources, { recursive: true, force: true });
  await rename(fresh, sources);
}

async function bringMockHost(bucket: Bucket, sha256: string, file: string): Promise<void> {
  const found = await bucket
    .save(`mock_host/${sha256}/mock_host.mjs`, file)
    .catch(blame("the mock host can't be read from the config bucket"));
  if (found === sha256) return;
  await rm(file);
  throw new StartError('the mock host is not the one that was deployed');
}

/** The mock host, which is not root, brings later versions here. */
async function makeLiveFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, WRITABLE_BY_ALL);
}

function blame(what: string): (error: unknown) => never {
  return (error) => {
    throw new StartError(`${what}: ${messageOf(error)}`);
  };
}
