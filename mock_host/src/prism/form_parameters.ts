import { HttpParamStyles, type IHttpOperation, type IHttpQueryParam } from '@stoplight/types';

/**
 * Spells out what OpenAPI means where a query parameter of form style doesn't say `explode`: true
 * (https://spec.openapis.org/oas/v3.1.0#parameter-object). Prism's library takes it for false, which
 * makes of `?tag=a&tag=b` a list of one; its CLI corrects that in passing, when it prints its routes.
 */
export function explodeForms(operation: IHttpOperation): IHttpOperation {
  const { request } = operation;
  if (!request?.query?.some(isUndecided)) return operation;
  const query = request.query.map((param) => (isUndecided(param) ? { ...param, explode: true } : param));
  return { ...operation, request: { ...request, query } };
}

function isUndecided({ style, explode }: IHttpQueryParam): boolean {
  return style === HttpParamStyles.Form && explode === undefined;
}
