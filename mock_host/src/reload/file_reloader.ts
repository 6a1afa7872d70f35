import { assemble, type AssemblyOptions } from '../assembly.ts';
import type { Configuration } from '../configuration.ts';
import type { EventStream } from '../events.ts';
import type { Standing } from '../health.ts';
import type { MountedMock } from '../mounted_mock.ts';
import type { Serving } from '../serving.ts';
import { ConfigurationFile } from './configuration_file.ts';
import { FileWatch, type FileWatchOptions } from './file_watch.ts';
import { putInForce } from './put_in_force.ts';
import { tellRefusal, tellReload } from './reload_events.ts';
import { RestartNotice } from './restart_notice.ts';

export interface FileReloaderOptions extends AssemblyOptions {
  /** Absolute path of environment.json. */
  readonly configFile: string;
  /** What the host started with. */
  readonly configuration: Configuration;
  readonly serving: Serving<MountedMock>;
  readonly events: EventStream;
  /** Told of errors that are the host's own fault. */
  readonly onFault: (error: unknown) => void;
  readonly watchFolder?: NonNullable<FileWatchOptions['watchFolder']>;
}

/**
 * Keeps what is served equal to the files: environment.json, the documents it names, and what
 * those refer to. What is broken is told, and what was served in its place goes on.
 */
export class FileReloader {
  readonly #options: FileReloaderOptions;
  readonly #file: ConfigurationFile;
  readonly #watch: FileWatch;
  readonly #restart: RestartNotice;
  #underway = false;
  #again = false;

  constructor(options: FileReloaderOptions) {
    this.#options = options;
    this.#file = new ConfigurationFile(options.configFile, options.configuration);
    this.#restart = new RestartNotice(options.configuration, options.events);
    const { nowMs, watchFolder } = options;
    this.#watch = new FileWatch({ onActivity: () => void this.#look(), nowMs, ...(watchFolder && { watchFolder }) });
  }

  /** Resolves when everything has been looked at once and is watched. */
  start(): Promise<void> {
    return this.#look();
  }

  /** For health. */
  standing(): Standing {
    const { failure } = this.#file;
    return failure ? { last_error: failure } : {};
  }

  close(): void {
    this.#watch.close();
  }

  /** One at a time; what happens meanwhile is looked at afterwards. */
  async #look(): Promise<void> {
    this.#again = true;
    if (this.#underway) return;
    this.#underway = true;
    while (this.#again) {
      this.#again = false;
      await this.#reload().catch(this.#options.onFault);
    }
    this.#underway = false;
  }

  async #reload(): Promise<void> {
    const { serving, events, nowMs } = this.#options;
    const startedMs = nowMs();
    const refusal = await this.#file.readAgain();
    if (refusal) tellRefusal(events, refusal, serving.mocks.length);
    this.#restart.tell(this.#file.configuration);
    const before = serving.mocks;
    const assembled = await assemble(this.#file.configuration.mocks, before, this.#options);
    const assembly = await putInForce(assembled, serving, this.#options.keepers);
    tellReload(events, { before, assembly, durationMs: nowMs() - startedMs });
    this.#follow();
  }

  #follow(): void {
    const files = this.#options.serving.mocks.flatMap(({ engine }) => engine.files);
    this.#watch.follow([this.#file.path, ...files.map(({ path }) => path)]);
  }
}
