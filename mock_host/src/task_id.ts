import type { Standing } from './health.ts';
import { createHttpGet, type HttpGet } from './s3/http_get.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const CALL_LIMITS = { timeoutMs: 5_000, maxBytes: 1024 * 1024 };

/** Tells health which task this is, as soon as it is known. Outside of ECS nobody is asked. */
export function createTaskStanding(environment: Environment, get?: HttpGet): () => Pick<Standing, 'task'> {
  let standing: Pick<Standing, 'task'> = {};
  if (environment[METADATA_URI] === undefined) return () => standing;
  void readTaskId(environment, get ?? createHttpGet(CALL_LIMITS)).then((task) => {
    if (task !== undefined) standing = { task };
  });
  return () => standing;
}

const METADATA_URI = 'ECS_CONTAINER_METADATA_URI_V4';

/**
 * Id of the ECS task the host runs in; undefined where the agent doesn't say (Amazon
 * ECS developer guide, "Task metadata endpoint version 4": `TaskARN` of `…/task`).
 */
async function readTaskId(
  environment: Environment,
  get: HttpGet,
): Promise<string | undefined> {
  try {
    const url = new URL(`${environment[METADATA_URI]}/task`);
    const { TaskARN } = JSON.parse((await get(url, {})).body.toString()) as { TaskARN?: unknown };
    return typeof TaskARN === 'string' ? TaskARN.split('/').at(-1) : undefined;
  } catch {
    return undefined;
  }
}
