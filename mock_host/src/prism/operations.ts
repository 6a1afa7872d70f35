import type { IHttpOperation } from '@stoplight/types';

/** What is known of an operation before anybody asks for it. */
export interface OperationEntry {
  /** Its path template. */
  readonly path: string;
  readonly hasServers: boolean;
  /** The same object each time: what Prism and we learn of an operation is kept by it. */
  readonly operation: () => IHttpOperation;
}

/** A document as it is served. */
export interface Operations {
  /** In the order of the document. */
  readonly entries: readonly OperationEntry[];
  /** Lower-case names of the request headers that can change an answer. */
  readonly headersRead: readonly string[];
}

/** Headers that Prism looks at whatever the document says: negotiation, preferences, bodies, credentials. */
const ALWAYS_READ = ['accept', 'authorization', 'content-length', 'content-type', 'cookie', 'prefer'] as const;

export function toOperations(operations: readonly IHttpOperation[]): Operations {
  const entries = operations.map((operation) => ({ ...summaryOf(operation), operation: () => operation }));
  return { entries, headersRead: headersReadFor(operations) };
}

export function summaryOf({ path, servers }: IHttpOperation): Omit<OperationEntry, 'operation'> {
  return { path, hasServers: servers !== undefined && servers.length > 0 };
}

/** The same operations, each changed once, when it is asked for. */
export function changed(operations: Operations, change: (operation: IHttpOperation) => IHttpOperation): Operations {
  const entries = operations.entries.map((entry) => ({ ...entry, operation: once(() => change(entry.operation())) }));
  return { ...operations, entries };
}

export function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

export function headersReadFor(operations: readonly IHttpOperation[]): string[] {
  const names = new Set<string>(ALWAYS_READ);
  for (const { request, security } of operations) {
    for (const { name } of request?.headers ?? []) names.add(name.toLowerCase());
    for (const scheme of (security ?? []).flat()) if (scheme.type === 'apiKey') names.add(scheme.name.toLowerCase());
  }
  return [...names];
}
