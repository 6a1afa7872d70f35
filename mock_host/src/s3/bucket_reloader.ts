import { rm } from 'node:fs/promises';
import type { Configuration } from '../configuration.ts';
import type { EventStream } from '../events.ts';
import type { Standing } from '../health.ts';
import type { MountedMock } from '../mounted_mock.ts';
import { putInForce } from '../reload/put_in_force.ts';
import { tellReload } from '../reload/reload_events.ts';
import { RestartNotice } from '../reload/restart_notice.ts';
import type { Serving } from '../serving.ts';
import type { BucketObject } from './bucket.ts';
import { makeReady, versionIn, type BucketVersionsOptions, type ReadyVersion } from './bucket_versions.ts';
import type { PollTimes } from './poll_times.ts';
import { RefusedPointer } from './refused_pointer.ts';
import { Troubles } from './troubles.ts';
import { removeVersionsBut } from './version_folder.ts';
import { POINTER } from './version_pointer.ts';

export interface BucketReloaderOptions extends BucketVersionsOptions {
  /** What the host started with, and its version where that is known. */
  readonly configuration: Configuration;
  readonly version: string | undefined;
  readonly serving: Serving<MountedMock>;
  readonly events: EventStream;
  readonly times: PollTimes;
}

/**
 * Keeps what is served equal to the version that the bucket calls current. A version is served
 * whole or not at all: all its mocks are exchanged at once. Whatever is wrong with a version, or
 * with the bucket, what was served before goes on.
 */
export class BucketReloader {
  readonly #options: BucketReloaderOptions;
  readonly #restart: RestartNotice;
  readonly #troubles: Troubles;
  readonly #refused: RefusedPointer;
  #version: string | undefined;
  #etag: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: BucketReloaderOptions) {
    this.#options = options;
    this.#restart = new RestartNotice(options.configuration, options.events);
    this.#troubles = new Troubles(options.events, () => options.serving.mocks.length);
    this.#refused = new RefusedPointer(options.times, options.nowMs);
    this.#version = options.version;
  }

  /** Resolves when the bucket has been looked at once. */
  async start(): Promise<void> {
    await removeVersionsBut(this.#options.folder, undefined).catch(() => undefined);
    await this.#look();
  }

  /** For health. */
  standing(): Standing {
    const { last } = this.#troubles;
    return { ...(this.#version !== undefined && { version: this.#version }), ...(last && { last_error: last }) };
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    try {
      await this.#follow();
      this.#troubles.over();
    } catch (error) {
      this.#troubles.tell(error);
    }
    if (!this.#closed) this.#timer = setTimeout(() => void this.#look(), this.#waitMs()).unref();
  }

  /** A bucket that can't be read is asked less and less often; a refused version soon has a successor. */
  #waitMs(): number {
    const { times } = this.#options;
    const { unreachableInARow } = this.#troubles;
    return unreachableInARow === 0 ? times.next() : times.retry(unreachableInARow);
  }

  async #follow(): Promise<void> {
    let pointer = await this.#options.bucket.readChanged(POINTER, this.#etag);
    while (pointer && !this.#closed) {
      const found = pointer;
      pointer = await this.#refused.unlessJustRefused(found.etag, () => this.#turnTo(found));
    }
  }

  /** Gives the pointer that came meanwhile, if one did: then its version counts, not this one. */
  async #turnTo(pointer: BucketObject): Promise<BucketObject | undefined> {
    const { bucket, serving, nowMs } = this.#options;
    const version = versionIn(pointer);
    if (version !== this.#version) {
      const startedMs = nowMs();
      const ready = await makeReady(version, serving.mocks, this.#options);
      const newer = await bucket.readChanged(POINTER, pointer.etag).catch(() => undefined);
      if (newer) return this.#drop(ready, newer);
      await this.#serve(version, ready, startedMs);
    }
    this.#etag = pointer.etag;
    return undefined;
  }

  async #drop({ folder }: ReadyVersion, newer: BucketObject): Promise<BucketObject> {
    await rm(folder, { recursive: true, force: true });
    return newer;
  }

  async #serve(version: string, { folder, configuration, assembly: assembled }: ReadyVersion, startedMs: number): Promise<void> {
    const { serving, events, nowMs } = this.#options;
    const before = serving.mocks;
    const assembly = await putInForce(assembled, serving, this.#options.keepers);
    this.#version = version;
    this.#restart.tell(configuration);
    tellReload(events, { before, assembly, durationMs: nowMs() - startedMs, version });
    // What is served is in memory; the files are of use to people who look.
    await removeVersionsBut(this.#options.folder, folder).catch(() => undefined);
  }
}
