import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generationOf, placeIn, placed, type Generation } from '../../src/expectations/generation.ts';
import { planChange, planRetreat } from '../../src/expectations/plan.ts';
import type { Expectation } from '../../src/expectations/read.ts';
import { Random } from '../../differential/random.ts';

interface Put extends Expectation {
  readonly id: string;
  readonly priority: number;
  readonly fits: readonly number[];
  readonly says: string;
}

/** A server as far as planning sees it: which expectation answers a request. */
class Server {
  readonly held = new Map<string, Put>();

  answer(request: number): string | undefined {
    const fitting = [...this.held.values()].filter(({ fits = [] }) => fits.includes(request));
    return fitting.toSorted((one, other) => other.priority - one.priority)[0]?.says;
  }

  answers(): (string | undefined)[] {
    return REQUESTS.map((request) => this.answer(request));
  }

  /** Each change of a plan by itself, with a look after each. */
  carryOut({ put, clear }: ReturnType<typeof planChange>, look: () => void, steps = Number.POSITIVE_INFINITY): void {
    const changes = [
      ...(put as Put[]).map((one) => () => void this.held.set(one.id, one)),
      ...clear.map((id) => () => void this.held.delete(id)),
    ];
    for (const change of changes.slice(0, steps)) {
      change();
      look();
    }
  }
}

const REQUESTS = [0, 1, 2, 3, 4];

/** Overlapping expectations with priorities of their own. */
function drawn(random: Random, name: string): Generation {
  return generationOf(
    Array.from({ length: random.integer(0, 5) }, (_, index) => ({
      fits: REQUESTS.filter(() => random.chance(0.5)),
      says: `${name}.${index}`,
      priority: random.integer(0, 2),
    })),
  );
}

function answersOf(generation: Generation): (string | undefined)[] {
  const server = new Server();
  for (const one of placed(generation, 0) as Put[]) server.held.set(one.id, one);
  return server.answers();
}

test('at each moment of a change each request is answered as before or as after it', () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const random = new Random(seed);
    const server = new Server();
    let before = generationOf([]);
    for (let change = 0; change < 6; change += 1) {
      const after = drawn(random, `${change}`);
      const allowed = [answersOf(before), answersOf(after)];
      const isAllowed = (answer: string | undefined, request: number): boolean => allowed.some((answers) => answers[request] === answer);
      const look = (): void => assert.ok(server.answers().every(isAllowed), `seed ${seed}, change ${change}`);
      server.carryOut(planChange([...server.held.keys()], after), look);
      assert.deepEqual(server.answers(), answersOf(after));
      assert.equal(server.held.size, after.expectations.length + 1);
      before = after;
    }
  }
});

test('a change that was broken off anywhere is made up for by the next one', () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const random = new Random(seed);
    const server = new Server();
    for (let change = 0; change < 8; change += 1)
      server.carryOut(planChange([...server.held.keys()], drawn(random, `${change}`)), () => undefined, random.integer(0, 8));
    const last = drawn(random, 'last');
    server.carryOut(planChange([...server.held.keys()], last), () => undefined);
    assert.deepEqual(server.answers(), answersOf(last));
    assert.equal(server.held.size, last.expectations.length + 1);
  }
});

test('what is there already is left alone', () => {
  const generation = generationOf([{ says: 'a' }]);
  const present = (placed(generation, 3) as Put[]).map(({ id }) => id);
  assert.deepEqual(planChange(present, generation), { put: [], clear: [], marker: present[1] });
});

test("what isn't ours is left alone", () => {
  const { clear } = planChange(['mine', 'mockenv.x', 'openapi:a:b'], generationOf([]));
  assert.deepEqual(clear, []);
});

test('priorities stay small over thousands of changes', () => {
  let present: string[] = [];
  const bands = new Set<number | undefined>();
  for (let change = 0; change < 5_000; change += 1) {
    const { put } = planChange(present, generationOf([{ says: String(change) }]));
    present = (put as Put[]).map(({ id }) => id);
    bands.add(placeIn(present[0] ?? '')?.band);
  }
  assert.deepEqual([...bands], [0, 1]);
});

test("the order is MockServer's: by priority, then as in the file; the file's own ids have no use", () => {
  const generation = generationOf([{ says: 'a', id: 'mine' }, { says: 'b', priority: 5 }, { says: 'c' }, { says: 'd', priority: -1 }]);
  const put = placed(generation, 1) as Put[];
  assert.deepEqual(put.map(({ says }) => says), ['b', 'a', 'c', 'd', undefined]);
  assert.deepEqual(put.map(({ priority }) => priority), [10_000, 9_999, 9_998, 9_997, 9_996]);
  assert.ok(put.every(({ id }) => placeIn(id)?.digest === generation.digest));
});

test('of a generation that could not be put whole everything goes, the last first', () => {
  const old = (placed(generationOf([{ says: 'old' }]), 0) as Put[]).map(({ id }) => id);
  const [one, two, marker] = (placed(generationOf([{ says: 'a' }, { says: 'b' }]), 1) as Put[]).map(({ id }) => id) as [string, string, string];
  assert.deepEqual(planRetreat([...old, one, 'mine', two], marker), [two, one]);
});
