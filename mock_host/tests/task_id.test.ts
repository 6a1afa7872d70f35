import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HttpGet } from '../src/s3/http_get.ts';
import { createTaskStanding } from '../src/task_id.ts';
import { eventually } from './support/eventually.ts';

const ECS = { ECS_CONTAINER_METADATA_URI_V4: 'http://169.254.170.2/v4/x' };
const answering = (body: string): HttpGet => () => Promise.resolve({ status: 200, headers: {}, body: Buffer.from(body) });

test("in ECS, the end of the task's ARN", async () => {
  const asked: string[] = [];
  const get: HttpGet = (url, headers) => {
    asked.push(url.href);
    return answering('{"TaskARN": "arn:aws:ecs:eu-central-1:1:task/mocks/0123abcd"}')(url, headers);
  };
  const standing = createTaskStanding(ECS, get);
  await eventually(() => standing().task !== undefined);
  assert.deepEqual([standing(), asked], [{ task: '0123abcd' }, ['http://169.254.170.2/v4/x/task']]);
});

test('elsewhere nobody is asked; an agent that does not say does no harm', async () => {
  assert.deepEqual(createTaskStanding({}, () => assert.fail('asked'))(), {});
  for (const body of ['', '{}', '[]']) {
    const standing = createTaskStanding(ECS, answering(body));
    await new Promise(setImmediate);
    assert.deepEqual(standing(), {});
  }
});
