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
  /** Take over changes of the files while serving. */
  readonly watch: boolean;
  /** End when standard input ends: with the process that started us. */
  readonly exitWithStdin: boolean;
}

const USAGE = 'Usage: mock_host --config FILE [--host 127.0.0.1] [--port 8080] [--watch] [--drain-seconds 0] [--exit-with-stdin]';
const MAX_PORT = 65_535;
const MAX_DRAIN_SECONDS = 300;

/** @throws StartError */
export function parseArguments(args: readonly string[]): Arguments {
  const values = parse(args);
  if (values.config === undefined) throw new StartError(`--config is missing. ${USAGE}`);
  return {
    config: resolve(values.config),
    host: values.host,
    port: wholeNumber('--port', values.port, MAX_PORT),
    drainSeconds: wholeNumber('--drain-seconds', values['drain-seconds'], MAX_DRAIN_SECONDS),
    watch: values.watch,
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
        watch: { type: 'boolean', default: false },
        'exit-with-stdin': { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new StartError(`${messageOf(error)} ${USAGE}`);
  }
}

function wholeNumber(option: string, text: string, most: number): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > most)
    throw new StartError(`${option} must be a whole number from 0 to ${most}, not '${text}'. ${USAGE}`);
  return number;
}
