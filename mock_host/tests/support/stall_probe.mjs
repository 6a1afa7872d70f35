// Loaded into a host before its program (node --import): writes, as it ends, how long its event
// loop was held up at the longest since it was told to begin (SIGUSR2), in milliseconds.
import { writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const STDERR = 2;
const TICK_MS = 1;

if (isMainThread) {
  let last = performance.now();
  let longestMs = 0;
  const tick = () => {
    const now = performance.now();
    longestMs = Math.max(longestMs, now - last - TICK_MS);
    last = now;
  };
  setInterval(tick, TICK_MS).unref();
  process.on('SIGUSR2', () => {
    longestMs = 0;
  });
  process.on('exit', () => {
    tick();
    writeSync(STDERR, `longest stall: ${longestMs.toFixed(1)} ms\n`);
  });
}
