import { idOf, markerOf, placeIn, placed, type Generation, type Place } from './generation.ts';
import type { Expectation } from './read.ts';

/** How a MockServer comes from what it has to what it is to have, in this order. */
export interface Plan {
  /** Together above, or together below, everything that is there. */
  readonly put: readonly Expectation[];
  /** Ids. */
  readonly clear: readonly string[];
  /** Tells, as long as it is there, that the wanted generation is. */
  readonly marker: string;
}

/**
 * Plans a change such that each request, at each moment of it, is answered as the old generation
 * or as the new one would. Expectations are put in the order in which they match, and cleared in
 * the opposite one. So what there is of a generation in the making, or on its way out, is always
 * its beginning, which answers a request as the whole does or leaves it to the other generation.
 * It holds with the new one below the old as well as above: so two bands of priorities are enough.
 * `present` are all ids that MockServer has; those that aren't ours stay.
 */
export function planChange(present: readonly string[], wanted: Generation): Plan {
  const places = present.map(placeIn).filter((place) => place !== undefined);
  const whole = places.find((place) => idOf(place) === markerOf(wanted, place.band));
  const band = whole?.band ?? freeBand(places.map((place) => place.band));
  const old = places.filter((place) => place.digest !== wanted.digest || place.band !== band);
  return {
    put: whole ? [] : placed(wanted, band),
    clear: old.toSorted(lastFirst).map(idOf),
    marker: markerOf(wanted, band),
  };
}

/** What of a generation that could not be put whole is to go again. */
export function planRetreat(present: readonly string[], marker: string): readonly string[] {
  const given = placeIn(marker);
  const places = present.map(placeIn).filter((place) => place?.digest === given?.digest && place?.band === given?.band);
  return (places as Place[]).toSorted(lastFirst).map(idOf);
}

/** The band nearest to 0 that lies above or below all that are taken. */
function freeBand(taken: readonly number[]): number {
  if (taken.length === 0) return 0;
  const above = taken.reduce((most, band) => Math.max(most, band)) + 1;
  const below = taken.reduce((least, band) => Math.min(least, band)) - 1;
  return Math.abs(above) <= Math.abs(below) ? above : below;
}

function lastFirst(one: Place, other: Place): number {
  return one.band - other.band || other.index - one.index;
}
