import type { IHttpOperation } from '@stoplight/types';
import type { Contest, Verdict } from './contest.ts';
import type { Call } from './draft.ts';
import type { Planned } from './plan.ts';
import { reduce } from './reduce.ts';

export type Judge = Pick<Contest, 'judge'>;

/** A difference that nothing explains, in its smallest form. */
export interface Finding {
  readonly document: string;
  /** Of the difference's first request, made smaller. */
  readonly verdict: Verdict;
  readonly twists: readonly string[];
  /** Requests that differ likewise. */
  count: number;
}

export interface DocumentResult {
  readonly document: string;
  readonly operations: number;
  readonly requests: number;
  readonly equal: number;
  /** Requests by the name of what explains their difference. */
  readonly explained: ReadonlyMap<string, number>;
  readonly findings: readonly Finding[];
}

/** Has the contest judge each request, and counts. `operations` is how many the document has. */
export async function compete(
  contest: Judge,
  document: string,
  operations: number,
  planned: Iterable<Planned>,
): Promise<DocumentResult> {
  const explained = new Map<string, number>();
  const findings = new Map<string, Finding>();
  let requests = 0;
  let equal = 0;
  for (const { call, operation, twists } of planned) {
    const verdict = await contest.judge(call);
    requests += 1;
    if (verdict.differences.length === 0) equal += 1;
    else if (verdict.explanation) count(explained, verdict.explanation.name);
    else {
      const signature = signatureOf(verdict, operation);
      const known = findings.get(signature);
      if (known) known.count += 1;
      else findings.set(signature, { document, verdict: await smallest(verdict, contest), twists, count: 1 });
    }
  }
  return { document, operations, requests, equal, explained, findings: [...findings.values()] };
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

async function smallest(verdict: Verdict, contest: Judge): Promise<Verdict> {
  const kinds = kindsOf(verdict);
  let best = verdict;
  await reduce(verdict.call, async (call: Call) => {
    const found = await contest.judge(call);
    const isSame = kindsOf(found) === kinds && !found.explanation;
    if (isSame) best = found;
    return isSame;
  });
  return best;
}

function signatureOf(verdict: Verdict, { method, path }: IHttpOperation): string {
  return [method, path, kindsOf(verdict)].join(' ');
}

function kindsOf({ differences }: Verdict): string {
  return differences.map(({ kind }) => kind).join(', ');
}
