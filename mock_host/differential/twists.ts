import { bodyTwists } from './twists/body.ts';
import { negotiationTwists } from './twists/negotiation.ts';
import { parameterTwists } from './twists/parameters.ts';
import { pathTwists } from './twists/path.ts';
import { protocolTwists } from './twists/protocol.ts';
import { securityTwists } from './twists/security.ts';
import type { Draft } from './draft.ts';
import type { Random } from './random.ts';
import type { Source } from './valid_request.ts';

/** One way in which a request departs from a plain valid one. */
export interface Twist {
  readonly name: string;
  /** How often it is chosen, against the others. */
  readonly weight: number;
  readonly apply: (draft: Draft, source: Source) => void;
}

export const TWISTS: readonly Twist[] = [
  ...parameterTwists,
  ...bodyTwists,
  ...negotiationTwists,
  ...pathTwists,
  ...securityTwists,
  ...protocolTwists,
];

/** One twist in six out of ten requests, none in one, two or three in the others. */
export function pickTwists(random: Random, twists: readonly Twist[] = TWISTS): Twist[] {
  const count = random.pick([0, 1, 1, 1, 1, 1, 1, 2, 2, 3]);
  return Array.from({ length: count }, () => pickWeighted(random, twists));
}

function pickWeighted(random: Random, twists: readonly Twist[]): Twist {
  const total = twists.reduce((sum, { weight }) => sum + weight, 0);
  let left = random.share() * total;
  return twists.find(({ weight }) => (left -= weight) < 0) ?? (twists.at(-1) as Twist);
}
