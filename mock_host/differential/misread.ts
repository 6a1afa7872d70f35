import { createExamplePath } from '@stoplight/prism-cli/dist/util/paths.js';
import type { IHttpOperation, IHttpQueryParam } from '@stoplight/types';

/**
 * Whether the Prism CLI reads a query parameter of this operation otherwise than OpenAPI says. When
 * it prints its routes at start it changes the operations: it percent-encodes the names of form
 * parameters, and makes `explode` true where it isn't given, unless it fails to make up an example.
 */
export function isMisread(operation: IHttpOperation): boolean {
  const forms = (operation.request?.query ?? []).filter(({ style }) => (style as string) === 'form');
  if (forms.some(({ name }) => encodeURI(name) !== name)) return true;
  return forms.some(isLeftToDefault) && createExamplePath(structuredClone(operation))._tag === 'Left';
}

function isLeftToDefault({ explicitProperties }: IHttpQueryParam): boolean {
  return explicitProperties?.includes('explode') !== true;
}
