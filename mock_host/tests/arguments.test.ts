import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { suite, test } from 'node:test';
import { parseArguments } from '../src/arguments.ts';

const BUCKET = ['--config', 'e.json', '--bucket', 'b', '--sources-folder', 'versions'];

test('what is not given has its default', () => {
  assert.deepEqual(parseArguments(['--config', 'e.json'], {}), {
    config: resolve('e.json'), host: '127.0.0.1', port: 8080, drainSeconds: 0, finishSeconds: 25, keepAliveSeconds: 65,
    watch: false, bucket: null, check: false, exitWithStdin: false,
  });
});

test('seconds may have decimals', () => {
  const { drainSeconds, finishSeconds, keepAliveSeconds } = parseArguments(
    ['--config', 'e.json', '--drain-seconds', '0.25', '--finish-seconds', '1.5', '--keep-alive-seconds', '3'], {},
  );
  assert.deepEqual([drainSeconds, finishSeconds, keepAliveSeconds], [0.25, 1.5, 3]);
});

test('a bucket, its region from the environment or by name', () => {
  const expected = { name: 'b', region: 'eu-north-1', endpoint: null, sourcesFolder: resolve('versions'), pollSeconds: 15 };
  assert.deepEqual(parseArguments(BUCKET, { AWS_REGION: 'eu-north-1' }).bucket, expected);
  assert.deepEqual(parseArguments(BUCKET, { AWS_DEFAULT_REGION: 'eu-north-1' }).bucket, expected);
  const more = ['--region', 'us-west-2', '--endpoint', 'http://127.0.0.1:9000', '--poll-seconds', '5'];
  const given = parseArguments([...BUCKET, ...more], { AWS_REGION: 'eu-north-1' }).bucket;
  assert.deepEqual([given?.region, given?.endpoint?.origin, given?.pollSeconds], ['us-west-2', 'http://127.0.0.1:9000', 5]);
});

suite('what can not be is refused with what to do:', () => {
  const refused: Record<string, [string[], RegExp]> = {
    'no region': [BUCKET, /--bucket needs --sources-folder, and --region/],
    'no folder': [['--config', 'e', '--bucket', 'b', '--region', 'r'], /--bucket needs --sources-folder/],
    'files and a bucket': [[...BUCKET, '--region', 'r', '--watch'], /give one of them/],
    'an endpoint that is no URL': [[...BUCKET, '--region', 'r', '--endpoint', 'localhost:9'], /--endpoint must be a URL/],
    'too long between two looks': [[...BUCKET, '--region', 'r', '--poll-seconds', '16'], /--poll-seconds must be a whole number from 1 to 15/],
    'seconds that are no number': [['--config', 'e', '--drain-seconds', '1e3'], /--drain-seconds must be a number of seconds from 0 to 300, not '1e3'/],
    'seconds without an end': [['--config', 'e', '--finish-seconds', '301'], /--finish-seconds must be a number of seconds from 0 to 300/],
    'no time between two looks': [[...BUCKET, '--region', 'r', '--poll-seconds', '0'], /--poll-seconds must be a whole number from 1 to 15/],
  };
  for (const [what, [args, message]] of Object.entries(refused))
    test(what, () => {
      assert.throws(() => parseArguments(args, {}), { name: 'StartError', message });
    });
});
