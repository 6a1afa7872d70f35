import { toCurl } from './curl.ts';
import type { DocumentResult, Finding } from './tally.ts';

const HEAD = ['document', 'operations', 'requests', 'equal', 'explained', 'unexplained'];

/** What a run found, for people. */
export function report(results: readonly DocumentResult[]): string {
  const rows = [...results].sort((one, other) => one.document.localeCompare(other.document)).map(rowOf);
  const total = ['total', ...[1, 2, 3, 4, 5].map((column) => sum(rows, column))];
  return [table([HEAD, ...rows, total]), reasons(results), ...results.flatMap(({ findings }) => findings).map(finding)]
    .filter((part) => part !== '')
    .join('\n\n');
}

export function unexplainedIn({ findings }: DocumentResult): number {
  return findings.reduce((total, { count }) => total + count, 0);
}

function rowOf(result: DocumentResult): string[] {
  const explained = [...result.explained.values()].reduce((total, count) => total + count, 0);
  const counts = [result.operations, result.requests, result.equal, explained, unexplainedIn(result)];
  return [result.document, ...counts.map(String)];
}

function sum(rows: readonly (readonly string[])[], column: number): string {
  return String(rows.reduce((total, row) => total + Number(row[column]), 0));
}

function reasons(results: readonly DocumentResult[]): string {
  const counts = new Map<string, number>();
  for (const { explained } of results)
    for (const [name, count] of explained) counts.set(name, (counts.get(name) ?? 0) + count);
  if (counts.size === 0) return '';
  const rows = [...counts].sort(([, one], [, other]) => other - one).map(([name, count]) => [name, String(count)]);
  return table([['explained by', 'requests'], ...rows]);
}

function finding({ document, verdict, twists, count }: Finding): string {
  return [
    `${document}: ${count} differ like this one (${twists.join(', ') || 'valid request'})`,
    `  ${toCurl(verdict.call, 'http://127.0.0.1:4010')}`,
    ...verdict.differences.flatMap(({ kind, expected, actual }) => [
      `  ${kind}`,
      `    Prism CLI  ${JSON.stringify(expected)}`,
      `    mock host  ${JSON.stringify(actual)}`,
    ]),
    ...deathOf(verdict),
  ].join('\n');
}

function deathOf({ expected }: Finding['verdict']): string[] {
  return 'reason' in expected && expected.reason !== '' ? [`  the Prism CLI said: ${expected.reason}`] : [];
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const cells = (row: readonly string[]): string[] => row.map((cell, column) => pad(cell, widths[column] ?? 0, column));
  return rows.map((row) => cells(row).join('  ').trimEnd()).join('\n');
}

function pad(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}
