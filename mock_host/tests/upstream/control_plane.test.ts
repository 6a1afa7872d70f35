import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isControlPlane } from '../../src/upstream/control_plane.ts';

test("MockServer's control plane is known in every disguise", () => {
  for (const path of [
    '/mockserver', '/mockserver/', '/mockserver/reset', '/mockserver/dashboard/x.js', '//mockserver/reset', '/./mockserver/reset',
    '/x/../mockserver/reset', '/x/%2e%2e/mockserver/reset', '/%6dockserver/reset', '/%256dockserver/reset', '/MockServer/Reset',
    '/mockserver%2Freset', '/mockserver;a=b/reset', '/\\mockserver\\reset', '/x%5c..%5cmockserver/reset', '/%2Fmockserver/reset',
    '/..;/mockserver/reset', '/mockserver%00/../mockserver/reset', '/mockserver%20/reset', '/mockserver%3Fx', '/reset', '/reset/',
    '/RESET', '/%72eset', '/x/../clear', '/expectation', '/status', '/verifySequence', '/files/store', '/scenario/demo', '/loadScenario/x',
    '/chaosExperiment/apply/x', '/retrieve?type=LOGS',
  ])
    assert.equal(isControlPlane(path), true, path);
});

test('paths that only look like it belong to the mock', () => {
  for (const path of [
    '/', '', '/mockserverx', '/my/mockserver', '/mockserver2/reset', '/orders/reset', '/resets', '/expectation/1', '/scenarios',
    '/status/1', '/health', '/metrics', '/files', '/caf%C3%A9', '/%zz', '/%',
  ])
    assert.equal(isControlPlane(path), false, path);
});
