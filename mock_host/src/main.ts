import { isMainThread } from 'node:worker_threads';

// One file is both the program and the thread that loads documents for it. Each part is evaluated
// only where it is needed.
if (isMainThread) {
  const { run } = await import('./program.ts');
  await run(process.argv.slice(2), new URL(import.meta.url));
} else {
  const { serveLoads } = await import('./reload/worker_thread.ts');
  serveLoads();
}
