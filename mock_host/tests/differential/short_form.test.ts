import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { report, unexplainedIn } from '../../differential/report.ts';
import { run } from '../../differential/run.ts';
import { defaultDocuments, shareOut } from '../../differential/shares.ts';
import { DOCUMENTS } from '../support/paths.ts';

const REQUESTS = 500;

/** Another seed is another test; the long form (docs/prism-differences.md) takes any. */
const SEED = 2;

/** Those written for it; the others are the long form's. */
const DIFFERENTIAL_DOCUMENTS = [
  ...defaultDocuments().filter((file) => file.includes(join('differential', 'documents'))),
  join(DOCUMENTS, 'features.yaml'),
];

test(`answers ${REQUESTS} derived requests as the Prism CLI does`, async () => {
  const results = await run({ shares: shareOut(REQUESTS, DIFFERENTIAL_DOCUMENTS), seed: SEED, concurrency: 2 });
  const text = report(results);
  const total = (count: 'requests' | 'equal'): number => results.reduce((sum, result) => sum + result[count], 0);
  assert.equal(results.reduce((sum, result) => sum + unexplainedIn(result), 0), 0, text);
  assert.equal(total('requests'), REQUESTS);
  // Explanations must stay the exception, or they would explain everything away.
  assert.ok(total('equal') > 0.85 * REQUESTS, text);
});
