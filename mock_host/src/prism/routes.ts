/** What a route leads to; `path` is an OpenAPI path template such as `/pets/{id}.json`. */
export interface Routed {
  readonly path: string;
}

/** Everything whose path template matches `requestPath`, in the order given to `createRoutes`. */
export type Routes<R extends Routed> = (requestPath: string) => R[];

/**
 * Indexes templates by path segment. Prism's router looks at every operation of a document for
 * every request; given only the ones found here, which are exactly those it would not have ruled
 * out, it chooses the same one.
 */
export function createRoutes<R extends Routed>(routed: readonly R[]): Routes<R> {
  const root = new Segment<R>();
  routed.forEach((entry, order) => {
    root.descend(segmentsOf(entry.path)).entries.push({ order, entry });
  });
  return (requestPath) => {
    const found: Entry<R>[] = [];
    root.collect(segmentsOf(requestPath), 0, found);
    if (found.length > 1) found.sort((one, other) => one.order - other.order);
    return found.map(({ entry }) => entry);
  };
}

interface Entry<R> {
  readonly order: number;
  readonly entry: R;
}

interface TemplatedSegment<R> {
  readonly template: string;
  readonly pattern: RegExp;
  readonly segment: Segment<R>;
}

class Segment<R> {
  readonly entries: Entry<R>[] = [];
  readonly #fixed = new Map<string, Segment<R>>();
  readonly #templated: TemplatedSegment<R>[] = [];

  /** The node for `segments`, made where it is missing. */
  descend(segments: readonly string[]): Segment<R> {
    return segments.reduce<Segment<R>>((node, text) => node.#child(text), this);
  }

  collect(segments: readonly string[], depth: number, found: Entry<R>[]): void {
    const text = segments[depth];
    if (text === undefined) {
      found.push(...this.entries);
      return;
    }
    this.#fixed.get(text)?.collect(segments, depth + 1, found);
    for (const { pattern, segment } of this.#templated) {
      if (pattern.test(text)) segment.collect(segments, depth + 1, found);
    }
  }

  #child(text: string): Segment<R> {
    return TEMPLATED.test(text) ? this.#templatedChild(text) : this.#fixedChild(text);
  }

  #fixedChild(text: string): Segment<R> {
    const child = this.#fixed.get(text) ?? new Segment<R>();
    this.#fixed.set(text, child);
    return child;
  }

  #templatedChild(template: string): Segment<R> {
    const known = this.#templated.find((child) => child.template === template);
    if (known) return known.segment;
    const child = { template, pattern: patternOf(template), segment: new Segment<R>() };
    this.#templated.push(child);
    return child.segment;
  }
}

const TEMPLATED = /{.+}/;

/** As Prism reads a templated segment: variables match anything, the text around them may stand anywhere. */
function patternOf(template: string): RegExp {
  const literal = template.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(literal.replace(/\\\{[^\\]+\\\}/g, '(.*)'));
}

function segmentsOf(path: string): string[] {
  return path.split('/').slice(1).map(decodeSegment);
}

function decodeSegment(segment: string): string {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
