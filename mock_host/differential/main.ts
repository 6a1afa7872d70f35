// Compares our mock host with the Prism CLI: the same requests to both, made from the documents.
// Usage: node mock_host/differential/main.ts [--requests 20000] [--seed 1] [--concurrency 4] [--documents FILE…]
// Exit status: 0 equal, or explained in docs/prism-differences.md; 1 something unexplained; 2 it could not be run.
import { parseArguments } from './arguments.ts';
import { report, unexplainedIn } from './report.ts';
import { run } from './run.ts';
import { shareOut } from './shares.ts';

// So that the servers end with this process: see NodeProcess.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

async function main(): Promise<number> {
  const { requests, seed, concurrency, documents } = parseArguments(process.argv.slice(2));
  const startedMs = performance.now();
  const results = await run({
    shares: shareOut(requests, documents),
    seed,
    concurrency,
    onProgress: ({ document, requests: sent }) => process.stderr.write(`${document}: ${sent} requests compared\n`),
  });
  process.stdout.write(`seed ${seed}\n${report(results)}\n`);
  process.stderr.write(`took ${Math.round((performance.now() - startedMs) / 1000)} s\n`);
  return results.some((result) => unexplainedIn(result) > 0) ? 1 : 0;
}

try {
  process.exit(await main());
} catch (error) {
  process.stderr.write(`the comparison could not be made: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
}
