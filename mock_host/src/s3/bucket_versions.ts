import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { assemble, type Assembly, type AssemblyOptions } from '../assembly.ts';
import { readConfiguration, type Configuration } from '../configuration.ts';
import { messageOf } from '../errors.ts';
import type { MountedMock } from '../mounted_mock.ts';
import type { Failure } from '../reload/load.ts';
import { BucketError, type Bucket, type BucketObject } from './bucket.ts';
import { VersionError, fetchVersion } from './version_folder.ts';
import { isVersion } from './version_pointer.ts';

export interface BucketVersionsOptions extends AssemblyOptions {
  readonly bucket: Bucket;
  /** Where versions are brought to. */
  readonly folder: string;
}

/** A version whose files are there and whose mocks are all ready. */
export interface ReadyVersion {
  readonly folder: string;
  readonly configuration: Configuration;
  readonly assembly: Assembly;
}

/** A version that can't be served as a whole. */
export class RefusedVersion extends Error {
  override readonly name = 'RefusedVersion';
  readonly version: string;
  /** One for each mock, or one for the whole; files are named as they lie in the version. */
  readonly failures: readonly (Failure & { readonly mock?: string })[];

  constructor(version: string, failures: RefusedVersion['failures']) {
    super(failures.map(({ reason }) => reason).join(' '));
    this.version = version;
    this.failures = failures;
  }
}

const NOT_FOUND = 404;

/** The version that a pointer names. @throws RefusedVersion */
export function versionIn({ body }: BucketObject): string {
  const text = body.toString().trim();
  if (isVersion(text)) return text;
  throw new RefusedVersion('', [{ reason: `current/version holds no version but '${text.slice(0, 100)}'.` }]);
}

/**
 * Brings a version here and makes all its mocks ready; what it shares with the `present` ones is
 * taken over. Rejects with a RefusedVersion where the version is to blame, with another error
 * where it couldn't be read.
 */
export async function makeReady(
  version: string,
  present: readonly MountedMock[],
  options: BucketVersionsOptions,
): Promise<ReadyVersion> {
  const folder = await fetchVersion(options.bucket, version, options.folder).catch((error: unknown) =>
    refuseOr(version, error),
  );
  try {
    const configuration = readConfiguration(join(folder, 'environment.json'));
    const assembly = await assemble(configuration.mocks, present, options);
    if (assembly.failed.length > 0) throw new RefusedVersion(version, failuresOf(assembly, folder));
    return { folder, configuration, assembly };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    if (error instanceof RefusedVersion) throw error;
    throw new RefusedVersion(version, [{ reason: withoutFolder(messageOf(error), folder) }]);
  }
}

/** What is missing may still come: the upload of the version may be under way. */
function refuseOr(version: string, error: unknown): never {
  const missing = error instanceof BucketError && error.status === NOT_FOUND;
  if (missing || error instanceof VersionError) throw new RefusedVersion(version, [{ reason: error.message }]);
  throw error;
}

function failuresOf({ failed }: Assembly, folder: string): RefusedVersion['failures'] {
  return failed.map(({ mock, failure: { file, line, reason } }) => ({
    mock: mock.name,
    ...(file !== undefined && { file: withoutFolder(file, folder) }),
    ...(line !== undefined && { line }),
    reason: withoutFolder(reason, folder),
  }));
}

/** A folder that is gone again tells nobody anything. */
function withoutFolder(text: string, folder: string): string {
  return text.replaceAll(`${folder}/`, '');
}
