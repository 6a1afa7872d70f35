import type { IHttpOperation } from '@stoplight/types';
import { compare, type Difference } from './compare.ts';
import type { Seen } from './client.ts';
import type { Call } from './draft.ts';
import { isDynamic, shapeOf } from './dynamic.ts';
import { explain, type Comparison, type Explanation } from './explained.ts';
import { operationFor } from './routing.ts';
import type { Subject } from './subject.ts';

/** How often an answer that chance decides is asked for before two kinds of it count as different. */
const DYNAMIC_TRIES = 5;

type Compared = Pick<Comparison, 'expected' | 'actual' | 'differences'>;

export interface Verdict extends Comparison {
  /** Undefined where nothing differs, or nothing explains what does. */
  readonly explanation: Explanation | undefined;
}

/** Two servers that mock the same document. One request at a time reaches both, so that both see the same history. */
export class Contest {
  readonly #expected: Subject;
  readonly #actual: Subject;
  readonly #operations: readonly IHttpOperation[];

  constructor(expected: Subject, actual: Subject, operations: readonly IHttpOperation[]) {
    this.#expected = expected;
    this.#actual = actual;
    this.#operations = operations;
  }

  async judge(call: Call): Promise<Verdict> {
    const operation = (): IHttpOperation | undefined => operationFor(call, this.#operations);
    const compared = isDynamic(call) ? await this.#compareShapes(call) : await this.#compareBytes(call);
    const comparison = { ...compared, call, operation };
    const explanation = comparison.differences.length > 0 ? explain(comparison) : undefined;
    return { ...comparison, explanation };
  }

  /** Ours is asked twice: it remembers its answers, and the one from memory has to be the same. */
  async #compareBytes(call: Call): Promise<Compared> {
    const [expected, actual] = await this.#ask(call);
    const differences = compare(expected, actual);
    if (differences.length > 0) return { expected, actual, differences };
    const again = await this.#actual.ask(call);
    return { expected, actual: again, differences: compare(expected, again) };
  }

  /** Equal as soon as any two of the shapes seen are. */
  async #compareShapes(call: Call): Promise<Compared> {
    const seen: [Seen, Seen][] = [];
    let differences: Difference[] = [];
    while (seen.length < DYNAMIC_TRIES) {
      const pair = await this.#ask(call);
      seen.push(pair);
      const shapes = seen.map((one) => one.map((answer) => shapeOf(call, answer, this.#operations)) as [Seen, Seen]);
      const distances = shapes.flatMap(([expected]) => shapes.map(([, actual]) => compare(expected, actual)));
      differences = distances.sort((one, other) => one.length - other.length)[0] as Difference[];
      if (differences.length === 0) break;
    }
    const [expected, actual] = seen.at(-1) as [Seen, Seen];
    return { expected, actual, differences };
  }

  #ask(call: Call): Promise<[Seen, Seen]> {
    return Promise.all([this.#expected.ask(call), this.#actual.ask(call)]);
  }
}
