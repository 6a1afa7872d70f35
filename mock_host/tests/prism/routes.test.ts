import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchPath } from '@stoplight/prism-http/dist/router/matchPath.js';
import { createRoutes } from '../../src/prism/routes.ts';

const TEMPLATES = [
  '/', '/pets', '/pets/', '/pets/{id}', '/pets/mine', '/{any}/mine', '/pets/{id}.pdf', '/pets/{id}/owners/{owner}',
  '/a%20b/{x}', '/{a}-{b}', '/{a}{b}', '/x.y', '/{id}:archive', '/pets/{id}', '//double', '/ü/{x}',
];
const PATHS = [
  '/', '/pets', '/pets/', '/pets/1', '/pets/mine', '/cats/mine', '/pets/1.pdf', '/pets/x1.pdfy', '/pets/1/owners/2',
  '/a b/1', '/a%20b/1', '/one-two', '/onetwo', '/xzy', '/x.y', '/9:archive', '/%zz/mine', '//double', '//', '/%C3%BC/1',
  '/pets/1%2F2', '/pets//owners/', '/nothing/at/all/here',
];

test("finds exactly what Prism's own path matching accepts, in the order of the document", () => {
  const routed = TEMPLATES.map((path, order) => ({ path, order }));
  const routes = createRoutes(routed);
  for (const path of PATHS) {
    const expected = routed.filter((route) => {
      const match = matchPath(path, route.path);
      return match._tag === 'Right' && match.right !== 'no-match';
    });
    assert.deepEqual(routes(path), expected, path);
  }
});
