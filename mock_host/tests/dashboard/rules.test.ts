import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { dashboardPlace, isOfThisHost } from '../../src/dashboard/rules.ts';

const BASE = '/_mockenv/mocks/ledger';

test('the dashboard is its page, what comes with it, and its WebSocket', () => {
  const parts = Object.entries({
    '': 'entrance', '/': 'entrance', '/mockserver/dashboard': 'page', '/_mockserver_ui_websocket': 'socket',
    '/mockserver/dashboard/favicon.svg': 'asset', '/mockserver/dashboard/assets/index-D5v87udW.js': 'asset',
  });
  for (const [rest, part] of parts) assert.deepEqual(dashboardPlace(BASE + rest)?.part, part, rest);
  assert.equal(dashboardPlace(BASE)?.mock, 'ledger');
});

test('nothing else of MockServer is', () => {
  const others = [
    '/mockserver/expectation', '/mockserver/reset', '/mockserver/configuration', '/mockserver/dashboard/', '/mockserver/dashboard/..',
    '/mockserver/dashboard/../reset', '/mockserver/dashboard/assets/../../reset', '/mockserver/dashboard/assets/%2e%2e/x.js', '/reset',
    '/mockserver/dashboard/x.js/y.js', '/mockserver/dashboard/a..js', '/_mockserver_callback_websocket', '/_mockserver_ui_websocket/', '//mockserver/dashboard',
    '/mockserver/mcp', '/mockserver/dashboard/assets/%00.js',
  ];
  for (const rest of others) assert.equal(dashboardPlace(BASE + rest), undefined, rest);
  for (const path of ['/_mockenv/mocks/', '/_mockenv/mocks/Ledger', '/_mockenv/health']) assert.equal(dashboardPlace(path), undefined, path);
});

suite('who may look:', () => {
  const host = '127.0.0.1:8080';
  const cases: [string, Record<string, string>, boolean, boolean][] = [
    ['an address that was typed', { host, 'sec-fetch-site': 'none' }, true, false],
    ['the page itself', { host, 'sec-fetch-site': 'same-origin' }, true, false],
    ['a program', { host }, true, false],
    ['the page itself, with its origin', { host, origin: 'http://127.0.0.1:8080', 'sec-fetch-site': 'same-origin' }, true, true],
    ['under the name of localhost', { host: 'localhost:8080', origin: 'http://localhost:8080' }, true, true],
    ['over IPv6', { host: '[::1]:8080', origin: 'http://[::1]:8080' }, true, true],
    ['no page under another name, which was made to point here', { host: 'evil.example:8080', origin: 'http://evil.example:8080' }, false, false],
    ['no page under a name that only looks alike', { host: '127.0.0.1.evil.example' }, false, false],
    ['no page of another origin', { host, origin: 'http://evil.example' }, false, false],
    ['no page of another port', { host, origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-site' }, false, false],
    ['no page without an origin', { host, origin: 'null' }, false, false],
    ['no image, script or frame in another page', { host, 'sec-fetch-site': 'cross-site' }, false, false],
    ['nobody without a host', {}, false, false],
  ];
  for (const [who, headers, page, socket] of cases)
    test(who, () => assert.deepEqual([isOfThisHost(headers, 'page'), isOfThisHost(headers, 'socket')], [page, socket]));
});
