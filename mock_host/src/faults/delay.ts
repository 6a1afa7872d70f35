import type { Latency } from './settings.ts';

/** Gives numbers from 0 up to 1. */
export type Random = () => number;

/** Draws a delay in milliseconds. */
export function createDelay(latency: Latency, random: Random): () => number {
  switch (latency.kind) {
    case 'fixed':
      return () => latency.ms;
    case 'range':
      return () => Math.round(latency.minMs + random() * (latency.maxMs - latency.minMs));
    case 'percentiles': {
      const points = percentilePoints(latency);
      return () => Math.round(interpolate(points, random()));
    }
  }
}

interface Point {
  /** Share of the requests that take at most `ms`. */
  readonly share: number;
  readonly ms: number;
}

/** Between the percentiles delays are spread evenly; none is below half the median or above the highest. */
function percentilePoints({ p50Ms, p90Ms, p99Ms }: Extract<Latency, { kind: 'percentiles' }>): readonly Point[] {
  return [
    { share: 0, ms: p50Ms / 2 },
    { share: 0.5, ms: p50Ms },
    { share: 0.9, ms: p90Ms },
    { share: 0.99, ms: p99Ms },
    { share: 1, ms: p99Ms },
  ];
}

function interpolate(points: readonly Point[], share: number): number {
  const above = Math.max(1, points.findIndex((point) => point.share > share));
  const [from, to] = [points[above - 1] as Point, points[above] as Point];
  return from.ms + ((share - from.share) / (to.share - from.share)) * (to.ms - from.ms);
}
