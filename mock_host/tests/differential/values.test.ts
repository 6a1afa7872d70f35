import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { validateOutput } from '@stoplight/prism-http/dist/validator/index.js';
import type { IHttpOperation } from '@stoplight/types';
import { Random } from '../../differential/random.ts';
import type { Schema } from '../../differential/schemas.ts';
import { valueFor } from '../../differential/values.ts';
import { spoil } from '../../differential/wrong_values.ts';

const LINE: Schema = { type: 'object', required: ['sku'], properties: { sku: { enum: ['a', 'b'] } } };
const POINT: Schema = { type: 'object', required: ['x'], properties: { x: { type: 'integer' } } };

const ORDER: Schema = {
  type: 'object',
  required: ['id', 'lines', 'day'],
  additionalProperties: false,
  properties: {
    id: { type: 'integer', minimum: 5, exclusiveMaximum: 9 },
    day: { type: 'string', format: 'date' },
    note: { type: ['string', 'null'], maxLength: 4 },
    lines: { type: 'array', minItems: 1, maxItems: 2, items: LINE },
    price: { type: 'number', multipleOf: 0.5, minimum: 0.5 },
    kind: { const: 'order' },
    code: { type: 'string', pattern: '^[A-Z]{3}$' },
    either: { oneOf: [{ type: 'boolean' }, { type: 'string', minLength: 2 }] },
    all: { allOf: [POINT, { type: 'object', properties: { y: { type: 'integer' } } }] },
  },
};

const many = (make: (random: Random) => unknown): unknown[] =>
  Array.from({ length: 200 }, (_, seed) => make(new Random(seed).fork('values')));

const orders = many((random) => valueFor(ORDER, { random, resolve: (schema) => schema }));

suite('values for a schema', () => {
  test('fit it', () => {
    for (const order of orders) assert.deepEqual(violationsOf(order), [], JSON.stringify(order));
  });

  test('use what it leaves open', () => {
    const names = new Set(orders.flatMap((order) => Object.keys(order as object)));
    assert.deepEqual([...names].sort(), Object.keys(ORDER['properties'] as object).sort());
  });

  test('end where it describes itself', () => {
    const tree: Schema = { type: 'object', properties: { children: { type: 'array', items: { $ref: '#' } } } };
    const resolve = (schema: Schema): Schema => ('$ref' in schema ? tree : schema);
    const trees = many((random) => valueFor(tree, { random, resolve })).map((value) => JSON.stringify(value));
    assert.ok(trees.some((text) => text.includes('[{')), 'some have children');
    assert.ok(trees.every((text) => text.length < 100_000));
  });
});

test('spoiled values mostly violate it, and leave the value they came from as it was', () => {
  const before = JSON.stringify(orders);
  const wrong = orders.filter((order, seed) => violationsOf(spoil(order, new Random(seed).fork('spoil'))).length > 0);
  assert.ok(wrong.length > orders.length / 2, `${wrong.length} of ${orders.length}`);
  assert.equal(JSON.stringify(orders), before);
});

function violationsOf(body: unknown): readonly object[] {
  const contents = [{ id: 'c', mediaType: 'application/json', schema: ORDER, examples: [] }];
  const resource = { method: 'get', path: '/', responses: [{ id: 'r', code: '200', contents }] };
  const element = { statusCode: 200, headers: { 'content-type': 'application/json' }, body };
  const result = validateOutput({ resource: resource as unknown as IHttpOperation, element });
  return result._tag === 'Left' ? result.left : [];
}
