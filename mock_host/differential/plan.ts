import type { IHttpOperation } from '@stoplight/types';
import { toCall, type Call } from './draft.ts';
import { Random } from './random.ts';
import { pickTwists } from './twists.ts';
import { validRequest } from './valid_request.ts';

export interface Planned {
  readonly call: Call;
  readonly operation: IHttpOperation;
  /** What was done to a valid request to make this one. */
  readonly twists: readonly string[];
}

/** `count` requests to the operations in turn: the same for the same seed, document by document. */
export function* plan(operations: readonly IHttpOperation[], count: number, random: Random): Generator<Planned> {
  const order = count < operations.length ? shuffled(operations, random) : operations;
  for (let index = 0; index < count; index += 1) {
    const operation = order[index % order.length] as IHttpOperation;
    yield planOne(operation, random.fork(String(index)));
  }
}

function planOne(operation: IHttpOperation, random: Random): Planned {
  const source = { operation, random };
  const draft = validRequest(source);
  const twists = pickTwists(random);
  for (const { apply } of twists) apply(draft, source);
  return { call: toCall(draft), operation, twists: twists.map(({ name }) => name) };
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, place: random.share() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}
