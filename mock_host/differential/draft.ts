/** A request while it is being put together; everything in it is as it goes over the wire. */
export interface Draft {
  method: string;
  /** `http://host` before the path, as a proxy is sent it; mostly empty. */
  origin: string;
  /** Starts with `/`, as a rule. */
  path: string;
  /** `name=value` texts, percent-encoded where they should be. */
  query: string[];
  /** Name and value; names may repeat. */
  headers: [string, string][];
  body: Buffer | undefined;
  /** Sends the body in pieces of unknown number instead of with a length. */
  chunked: boolean;
}

/** A finished request. */
export interface Call {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer | undefined;
  readonly chunked: boolean;
}

export function toCall({ method, origin, path, query, headers, body, chunked }: Draft): Call {
  const search = query.length === 0 ? '' : `?${query.join('&')}`;
  return { method, target: origin + path + search, headers: [...headers], body, chunked };
}

/** Sets a header, in place of those of that name. */
export function setHeader(draft: Draft, name: string, value: string): void {
  removeHeader(draft, name);
  draft.headers.push([name, value]);
}

export function removeHeader(draft: Draft, name: string): void {
  draft.headers = draft.headers.filter(([known]) => known.toLowerCase() !== name.toLowerCase());
}

export function headerOf({ headers }: Pick<Call, 'headers'>, name: string): string | undefined {
  return headers.find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1];
}
