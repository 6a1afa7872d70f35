import { transformOas2Operations } from '@stoplight/http-spec/oas2/operation';
import { transformOas3Operations } from '@stoplight/http-spec/oas3/operation';
import { bundleTarget } from '@stoplight/json';
import RefParser from '@stoplight/json-schema-ref-parser';
import type { IHttpOperation } from '@stoplight/types';
import { StartError, messageOf } from '../errors.ts';
import { decycle } from './decycle.ts';
import { explodeForms } from './form_parameters.ts';
import { ConfinedReader } from './references.ts';

type OpenApi = Record<string, unknown>;

const LINE = / at line (\d+)/;

/** A document that can't be served. */
export class DocumentError extends StartError {
  readonly file: string;
  /** One-based; undefined where it isn't known. */
  readonly line: number | undefined;
  /** What is wrong, without the file. */
  readonly reason: string;

  constructor(file: string, reason: string, line?: number) {
    super(`${file}${line === undefined ? '' : `:${line}`}: ${reason}`);
    this.file = file;
    this.line = line;
    this.reason = reason;
  }
}

/**
 * Reads an OpenAPI 2.0, 3.0 or 3.1 document (YAML or JSON) with all files it refers to, and turns
 * it into operations just as Prism's own `getHttpOperationsFromSpec` does, except that remote
 * references and Postman collections are refused. They come in the order of the document, which
 * decides between paths that match equally well. A document's `x-json-schema-faker` has no effect,
 * as in the Prism CLI 5.16 (which sets it on another copy of the generator than the one it uses).
 * Afterwards `reader` knows which files it took, also if it failed.
 * @throws DocumentError
 */
export async function loadDocument(
  file: string,
  reader = new ConfinedReader(file),
): Promise<readonly IHttpOperation[]> {
  const document = await dereference(file, reader);
  const operations = toOperations(file, document);
  if (operations.length === 0)
    throw new DocumentError(file, 'no operations found. Describe at least one under paths.');
  return operations;
}

async function dereference(file: string, reader: ConfinedReader): Promise<OpenApi> {
  try {
    const options = { resolve: { http: false, file: reader } } as unknown as RefParser.Options;
    return decycle(await new RefParser().dereference(file, options)) as OpenApi;
  } catch (error) {
    throw reader.failure === undefined ? toDocumentError(file, error) : new DocumentError(file, reader.failure);
  }
}

function toOperations(file: string, document: OpenApi): IHttpOperation[] {
  try {
    return transform(document).map((operation) => explodeForms(bundle(document, operation)));
  } catch (error) {
    throw new DocumentError(file, messageOf(error));
  }
}

function transform(document: OpenApi): IHttpOperation[] {
  if (document['swagger'] !== undefined) return transformOas2Operations(document);
  if (document['openapi'] !== undefined) return transformOas3Operations(document);
  throw new Error("not an OpenAPI document: it has neither 'openapi' nor 'swagger' at its top.");
}

/** Gives an operation the parts of the document that its remaining (circular) references need. */
function bundle(document: OpenApi, operation: IHttpOperation): IHttpOperation {
  return bundleTarget({
    document: { ...document, __target__: operation },
    path: '#/__target__',
    cloneDocument: false,
  }) as IHttpOperation;
}

function toDocumentError(file: string, error: unknown): DocumentError {
  const { source } = error as { source?: unknown };
  const at = typeof source === 'string' ? decodeURIComponent(source) : file;
  const message = messageOf(error);
  const line = LINE.exec(message)?.[1];
  const reason = message.replace(`Error parsing ${String(source)}: `, '').replace(/^Error parsing [^:]+: /, '');
  return new DocumentError(at, reason, line === undefined ? undefined : Number(line));
}
