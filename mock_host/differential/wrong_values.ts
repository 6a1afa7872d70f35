import type { Random } from './random.ts';

/** Stands in for any value: of each JSON type, and at the edges of what numbers and texts can be. */
const STRANGERS: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e21,
  99999999999999999999,
  '',
  ' ',
  'x',
  '12',
  'true',
  'null',
  'naïve ☃ 𝄞',
  'y'.repeat(300),
  [],
  ['a', 1, null],
  {},
  { unexpected: { deep: [1] } },
];

/** Makes a small mistake somewhere in `value`: a part missing, one too many, or of another kind. */
export function spoil(value: unknown, random: Random): unknown {
  if (Array.isArray(value)) return random.chance(0.7) ? spoilArray(value, random) : random.pick(STRANGERS);
  if (typeof value === 'object' && value !== null)
    return random.chance(0.9) ? spoilObject(value as Record<string, unknown>, random) : random.pick(STRANGERS);
  return random.pick(STRANGERS);
}

function spoilArray(items: readonly unknown[], random: Random): unknown[] {
  const index = random.integer(0, Math.max(items.length - 1, 0));
  if (items.length === 0 || random.chance(0.3)) return [...items, random.pick(STRANGERS)];
  if (random.chance(0.3)) return [...items, items[index]];
  return items.map((item, at) => (at === index ? spoil(item, random) : item));
}

function spoilObject(members: Readonly<Record<string, unknown>>, random: Random): object {
  const name = random.pickAny(Object.keys(members));
  if (name === undefined || random.chance(0.25)) return { ...members, unexpected: random.pick(STRANGERS) };
  if (random.chance(0.4)) return Object.fromEntries(Object.entries(members).filter(([key]) => key !== name));
  return { ...members, [name]: spoil(members[name], random) };
}
