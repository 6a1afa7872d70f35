import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { mock, suite, test } from 'node:test';
import { FileWatch } from '../../src/reload/file_watch.ts';
import { folderWith, type Cleanup } from '../support/folder.ts';

class FakeWatcher extends EventEmitter {
  readonly folder: string;
  readonly happen: () => void;
  open = true;

  constructor(folder: string, happen: () => void) {
    super();
    this.folder = folder;
    this.happen = happen;
  }

  close(): void {
    this.open = false;
  }
}

function watched(context: Cleanup) {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  context.after(() => mock.timers.reset());
  const folder = folderWith(context, { 'a.yaml': '' });
  const watchers: FakeWatcher[] = [];
  let activities = 0;
  let nowMs = 0;
  const watch = new FileWatch({
    onActivity: () => void (activities += 1),
    nowMs: () => nowMs,
    watchFolder: (path, happen) => {
      watchers.push(new FakeWatcher(path, happen));
      return watchers.at(-1) as never;
    },
  });
  const pass = (ms: number): void => {
    nowMs += ms;
    mock.timers.tick(ms);
  };
  const open = (): string[] => watchers.filter((watcher) => watcher.open).map((watcher) => watcher.folder);
  return { folder, watch, watchers, pass, open, activities: () => activities, file: join(folder, 'a.yaml') };
}

suite('activity is told', () => {
  test('once, after it has been quiet for 50 ms', (context) => {
    const { watch, watchers, pass, activities, file } = watched(context);
    watch.follow([file]);
    for (let step = 0; step < 5; step += 1) {
      watchers[0]?.happen();
      pass(40);
    }
    assert.equal(activities(), 0);
    pass(10);
    assert.equal(activities(), 1);
    pass(300);
    assert.equal(activities(), 1);
  });

  test('every half second where it never is quiet', (context) => {
    const { watch, watchers, pass, activities, file } = watched(context);
    watch.follow([file]);
    for (let step = 0; step < 26; step += 1) {
      watchers[0]?.happen();
      pass(20);
    }
    assert.equal(activities(), 1);
  });

  test('every second besides (and a quiet moment), also where nothing can be watched', (context) => {
    const { watch, pass, activities } = watched(context);
    watch.follow(['/nowhere/at/all.yaml']);
    pass(1_000);
    assert.equal(activities(), 0);
    pass(50);
    assert.equal(activities(), 1);
  });

  test('no more after it was closed', (context) => {
    const { watch, watchers, pass, open, activities, file } = watched(context);
    watch.follow([file]);
    watchers[0]?.happen();
    watch.close();
    watch.follow([file]);
    pass(5_000);
    assert.deepEqual([activities(), open()], [0, []]);
  });
});

suite('folders are watched', () => {
  test('those of the files followed last, each once', (context) => {
    const { folder, watch, watchers, open, file } = watched(context);
    watch.follow([file, join(folder, 'b.yaml')]);
    watch.follow([file]);
    assert.deepEqual([watchers.length, open()], [1, [folder]]);
    mkdirSync(join(folder, 'parts'));
    watch.follow([join(folder, 'parts/c.yaml')]);
    assert.deepEqual(open(), [join(folder, 'parts')]);
  });

  test('anew when one was replaced by another of its name', (context) => {
    const { folder, watch, watchers, open } = watched(context);
    const file = join(folder, 'parts/c.yaml');
    mkdirSync(join(folder, 'parts'));
    watch.follow([file]);
    rmSync(join(folder, 'parts'), { recursive: true });
    mkdirSync(join(folder, 'parts'));
    watch.follow([file]);
    assert.deepEqual([watchers.length, open()], [2, [join(folder, 'parts')]]);
  });

  test('anew after a watcher failed', (context) => {
    const { folder, watch, watchers, open, file } = watched(context);
    watch.follow([file]);
    watchers[0]?.emit('error', new Error('EMFILE'));
    assert.deepEqual(open(), []);
    watch.follow([file]);
    assert.deepEqual(open(), [folder]);
  });
});
