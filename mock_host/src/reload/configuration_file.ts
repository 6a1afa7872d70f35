import { readFile } from 'node:fs/promises';
import { parseConfiguration, type Configuration } from '../configuration.ts';
import { messageOf } from '../errors.ts';
import { digestOf, mayDiffer, stampOf, type SourceFile } from '../prism/source_files.ts';
import type { Failure } from './load.ts';

/** environment.json, read again whenever its content has changed. */
export class ConfigurationFile {
  #file: SourceFile;
  #configuration: Configuration;
  #failure: Failure | null = null;

  /** `configuration` is what the host started with. */
  constructor(path: string, configuration: Configuration) {
    this.#file = { path, stamp: '', digest: '' };
    this.#configuration = configuration;
  }

  get path(): string {
    return this.#file.path;
  }

  /** The last one that could be read. */
  get configuration(): Configuration {
    return this.#configuration;
  }

  /** Why the newest content is not the configuration; null: it is. */
  get failure(): Failure | null {
    return this.#failure;
  }

  /** Reads it if it may have changed. Says why new content can't be used; undefined: nothing new is wrong. */
  async readAgain(): Promise<Failure | undefined> {
    if (!(await mayDiffer([this.#file]))) return undefined;
    const { path, digest } = this.#file;
    const stamp = await stampOf(path);
    const content = await readFile(path, 'utf8').catch((error: unknown) => new Error(messageOf(error)));
    this.#file = { path, stamp, digest: digestOf(content instanceof Error ? content.message : content) };
    if (this.#file.digest === digest) return undefined;
    return this.#take(content);
  }

  #take(content: string | Error): Failure | undefined {
    const text = (): string => {
      if (content instanceof Error) throw content;
      return content;
    };
    try {
      this.#configuration = parseConfiguration(this.path, text);
      this.#failure = null;
      return undefined;
    } catch (error) {
      this.#failure = { file: this.path, reason: messageOf(error) };
      return this.#failure;
    }
  }
}
