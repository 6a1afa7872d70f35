import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEventStream, namingEnvironment } from '../src/events.ts';

test('lines are held back and written together, in order, before an event', () => {
  const written: string[] = [];
  const events = createEventStream((text) => written.push(text));
  events.line('one');
  events.line('two');
  assert.deepEqual(written, []);
  events.emit({ event: 'ready' });
  assert.deepEqual(written, ['one\ntwo\n{"event":"ready"}\n']);
});

test('what is held back comes by itself after a while', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const written: string[] = [];
  const events = createEventStream((text) => written.push(text));
  events.line('one');
  context.mock.timers.tick(99);
  assert.deepEqual(written, []);
  context.mock.timers.tick(1);
  assert.deepEqual(written, ['one\n']);
});

test('16 KB are written at once, and flushing nothing writes nothing', () => {
  const written: string[] = [];
  const events = createEventStream((text) => written.push(text));
  events.line('x'.repeat(16 * 1024));
  assert.equal(written.length, 1);
  events.flush();
  assert.equal(written.length, 1);
});

test('every event names the environment, and lines stay as they are', () => {
  const written: string[] = [];
  const events = namingEnvironment(createEventStream((text) => written.push(text)), 'pr-7');
  events.line('{"event":"request"}');
  events.emit({ event: 'config_reloaded', mock_count: 2 });
  assert.deepEqual(written, ['{"event":"request"}\n{"event":"config_reloaded","mock_count":2,"environment":"pr-7"}\n']);
});
