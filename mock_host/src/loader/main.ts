import { writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { messageOf } from '../errors.ts';
import { Bucket } from '../s3/bucket.ts';
import { createCredentialSource } from '../s3/credentials.ts';
import { createHttpGet } from '../s3/http_get.ts';
import { createPatientGet } from '../s3/patient_get.ts';
import { load } from './load.ts';
import { readLoaderSettings, type LoaderSettings } from './settings.ts';

// Brings an environment's sources and the mock host from the config bucket to the shared volume.
// Runs once in each task, before the mock host, from the text of the task's definition: whatever
// this file imports is part of every template.

/** A call that hangs leaves time for two more: ECS ends the container after 120 seconds. */
const CALL_LIMITS = { timeoutMs: 30_000, maxBytes: 64 * 1024 * 1024 };
const ATTEMPTS = 6;
/** The mock host reads the files as another user. */
const UMASK = 0o022;

const STDOUT = 1;
const STDERR = 2;

process.umask(UMASK);
// Connections that the server keeps open must not hold up the mock host.
process.exit(await run());

async function run(): Promise<number> {
  try {
    const settings = readLoaderSettings(process.env);
    const version = await load(openBucket(settings), settings);
    tell(STDOUT, { event: 'loaded', version });
    return 0;
  } catch (error) {
    tell(STDERR, { event: 'failed', message: messageOf(error) });
    return 1;
  }
}

function openBucket({ bucket, region, endpoint }: LoaderSettings): Bucket {
  const get = createPatientGet(createHttpGet(CALL_LIMITS), { attempts: ATTEMPTS, wait, random: Math.random });
  const now = Date.now;
  return new Bucket({
    name: bucket, region, endpoint, get, now,
    credentials: createCredentialSource({ environment: process.env, get, now }),
  });
}

function tell(stream: number, event: Record<string, string>): void {
  writeSync(stream, `${JSON.stringify(event)}\n`);
}
