import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createJournal, type JournalEntry } from '../src/journal.ts';

const ENTRY: JournalEntry = {
  id: 'abc=', method: 'GET', path: '/a', mock: 'core', status: 200, durationMs: 1.23456, bytes: 7, fault: null,
};

function lineFor(entry: JournalEntry): Record<string, unknown> {
  const lines: string[] = [];
  const ignore = (): void => undefined;
  createJournal({ line: (text) => lines.push(text), emit: ignore, flush: ignore }, () => 0)(entry);
  return JSON.parse(lines.join('')) as Record<string, unknown>;
}

test('a line is JSON with what is known of the request', () => {
  assert.deepEqual(lineFor(ENTRY), {
    event: 'request', time: '1970-01-01T00:00:00.000Z', id: 'abc=', method: 'GET', path: '/a', mock: 'core',
    status: 200, duration_ms: 1.235, bytes: 7,
  });
});

test('a path can neither break the line nor fill the log', () => {
  assert.equal(lineFor({ ...ENTRY, path: '/a","status":1,"b\n\\' })['path'], '/a","status":1,"b\n\\');
  assert.equal((lineFor({ ...ENTRY, path: `/${'x'.repeat(9000)}` })['path'] as string).length, 2048);
});

test('a request that no mock answered has none', () => {
  assert.equal(lineFor({ ...ENTRY, mock: null })['mock'], null);
});

test('what went wrong on purpose is said', () => {
  const told = (fault: JournalEntry['fault']): unknown => lineFor({ ...ENTRY, fault })['fault'];
  assert.deepEqual(told({ delayMs: 50, status: 503, isAskedFor: true }), { delay_ms: 50, status: 503 });
  assert.deepEqual(told({ delayMs: 50, status: null, isAskedFor: true }), { delay_ms: 50 });
  assert.equal(told(null), undefined);
});
