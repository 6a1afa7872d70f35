/** Where in a JSON value: keys and indexes from its top on. */
export type JsonPath = readonly (string | number)[];

/** A mistake in a file of expectations. */
export interface Problem {
  readonly path: JsonPath;
  readonly wrong: string;
  /** What would be right. */
  readonly right: string;
}

const LONGEST_QUOTE = 60;

/** `[2].httpRequest.path` */
export function keyOf(path: JsonPath): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
}

/** A refused value as an error repeats it: not more of it than helps to find it. */
export function quote(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value);
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}
