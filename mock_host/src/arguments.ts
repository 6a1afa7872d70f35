import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { StartError, messageOf } from './errors.ts';

export interface Arguments {
  /** Absolute path of environment.json. */
  readonly config: string;
  readonly host: string;
  readonly port: number;
  /** How long requests are still accepted after SIGTERM. */
  readonly drainSeconds: number;
  /** How long requests in flight may take after that. */
  readonly finishSeconds: number;
  /** How long a connection is kept without use. */
  readonly keepAliveSeconds: number;
  /** Take over changes of the files while serving. */
  readonly watch: boolean;
  /** Take over what a bucket calls current while serving; null: there is no bucket. */
  readonly bucket: BucketArguments | null;
  /** Only load what there is: MockServers, which belong to other hosts, are left alone. */
  readonly check: boolean;
  /** End when standard input ends: with the process that started us. */
  readonly exitWithStdin: boolean;
}

export interface BucketArguments {
  readonly name: string;
  readonly region: string;
  /** A server that behaves like S3; null: S3 itself. */
  readonly endpoint: URL | null;
  /** Absolute path of a folder that the host may write to; its versions are brought there. */
  readonly sourcesFolder: string;
  /** The longest that a new version waits to be seen. */
  readonly pollSeconds: number;
}

const USAGE =
  'Usage: mock_host --config FILE [--host 127.0.0.1] [--port 8080] [--drain-seconds 0] [--finish-seconds 25] [--keep-alive-seconds 65] [--exit-with-stdin] [--check] ' +
  '[--watch | --bucket NAME --sources-folder FOLDER [--region REGION] [--poll-seconds 15] [--endpoint URL]]';

type Environment = Readonly<Record<string, string | undefined>>;

const MAX_PORT = 65_535;
const MAX_SECONDS = 300;
const MAX_POLL_SECONDS = 15;

/** @throws StartError */
export function parseArguments(args: readonly string[], environment: Environment = process.env): Arguments {
  const values = parse(args);
  if (values.config === undefined) throw new StartError(`--config is missing. ${USAGE}`);
  return {
    config: resolve(values.config),
    host: values.host,
    port: wholeNumber('--port', values.port, MAX_PORT),
    drainSeconds: seconds('--drain-seconds', values['drain-seconds']),
    finishSeconds: seconds('--finish-seconds', values['finish-seconds']),
    keepAliveSeconds: seconds('--keep-alive-seconds', values['keep-alive-seconds']),
    watch: values.watch,
    bucket: bucketArguments(values, environment),
    check: values.check,
    exitWithStdin: values['exit-with-stdin'],
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        config: { type: 'string' },
        host: { type: 'string', default: '127.0.0.1' },
        port: { type: 'string', default: '8080' },
        'drain-seconds': { type: 'string', default: '0' },
        // Locally; a task's times are in its command.
        'finish-seconds': { type: 'string', default: '25' },
        // Longer than a load balancer's 60 s, or it would send requests into connections we are closing.
        'keep-alive-seconds': { type: 'string', default: '65' },
        watch: { type: 'boolean', default: false },
        bucket: { type: 'string' },
        'sources-folder': { type: 'string' },
        region: { type: 'string' },
        endpoint: { type: 'string' },
        'poll-seconds': { type: 'string', default: '15' },
        check: { type: 'boolean', default: false },
        'exit-with-stdin': { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new StartError(`${messageOf(error)} ${USAGE}`);
  }
}

function bucketArguments(values: ReturnType<typeof parse>, environment: Environment): BucketArguments | null {
  const { bucket: name, 'sources-folder': folder, endpoint, watch } = values;
  if (name === undefined) return null;
  if (watch) throw new StartError(`--watch follows files, --bucket a bucket: give one of them. ${USAGE}`);
  const region = values.region ?? environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION'];
  if (folder === undefined || region === undefined)
    throw new StartError(`--bucket needs --sources-folder, and --region or the variable AWS_REGION. ${USAGE}`);
  const pollSeconds = wholeNumber('--poll-seconds', values['poll-seconds'], MAX_POLL_SECONDS, 1);
  const server = endpoint === undefined ? null : toUrl(endpoint);
  return { name, region, endpoint: server, sourcesFolder: resolve(folder), pollSeconds };
}

function toUrl(text: string): URL {
  const url = URL.parse(text);
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new StartError(`--endpoint must be a URL such as http://127.0.0.1:9000, not '${text}'. ${USAGE}`);
}

function wholeNumber(option: string, text: string, most: number, least = 0): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > most || number < least)
    throw new StartError(`${option} must be a whole number from ${least} to ${most}, not '${text}'. ${USAGE}`);
  return number;
}

function seconds(option: string, text: string): number {
  const number = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || number > MAX_SECONDS)
    throw new StartError(`${option} must be a number of seconds from 0 to ${MAX_SECONDS}, not '${text}'. ${USAGE}`);
  return number;
}
