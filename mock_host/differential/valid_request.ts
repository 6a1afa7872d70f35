import type { HttpSecurityScheme, IHttpOperation, IHttpParam, IMediaTypeContent } from '@stoplight/types';
import { bodyText, contentTypeFor } from './body_texts.ts';
import { setHeader, type Draft } from './draft.ts';
import { encode, headerText, pathText, queryTexts } from './parameter_texts.ts';
import type { Random } from './random.ts';
import { asSchema, createResolver } from './schemas.ts';
import { valueFor, type ValueContext } from './values.ts';

/** What a request is made from. */
export interface Source {
  readonly operation: IHttpOperation;
  readonly random: Random;
}

/** A request that should suit the operation: what it requires is there, and some of what it allows. */
export function validRequest(source: Source): Draft {
  const { operation, random } = source;
  const draft: Draft = {
    method: operation.method.toUpperCase(),
    origin: '',
    path: filledPath(source),
    query: (operation.request?.query ?? []).filter(wanted(random)).flatMap((param) => queryOf(param, source)),
    headers: [],
    body: undefined,
    chunked: false,
  };
  for (const param of (operation.request?.headers ?? []).filter(wanted(random)))
    setHeader(draft, param.name, headerText(param, valueOf(param, source)));
  addCookies(draft, source);
  addBody(draft, source);
  for (const scheme of random.pickAny(operation.security ?? []) ?? []) addCredentials(draft, scheme, random);
  return draft;
}

export function valueOf({ schema, examples }: IHttpParam | IMediaTypeContent, source: Source): unknown {
  const given = source.random.chance(0.3) ? source.random.pickAny(examples ?? []) : undefined;
  if (given && 'value' in given) return given.value;
  return valueFor(asSchema(schema), contextOf(source));
}

export function contextOf({ operation, random }: Source): ValueContext {
  return { random, resolve: createResolver(operation) };
}

export function queryOf(param: IHttpParam, source: Source): string[] {
  return queryTexts(param, valueOf(param, source));
}

/** The operation's path with its variables filled in, all of them or as `texts` says. */
export function filledPath(source: Source, texts: ReadonlyMap<string, string> = new Map()): string {
  const params: readonly IHttpParam[] = source.operation.request?.path ?? [];
  const fixed = source.operation.path.replace(/[^\x21-\x7e]/g, encode);
  return fixed.replace(/{([^}]+)}/g, (_, name: string) => {
    const param = params.find((known) => known.name === decodeURIComponent(name));
    return texts.get(name) ?? (param ? pathText(param, valueOf(param, source)) : 'x');
  });
}

/** Puts a body of one of the operation's media types into the draft; `alter` may spoil its value. */
export function addBody(draft: Draft, source: Source, alter: (value: unknown) => unknown = (value) => value): void {
  const content = source.random.pickAny(source.operation.request?.body?.contents ?? []);
  if (!content) return;
  draft.body = bodyText(content, alter(valueOf(content, source)));
  setHeader(draft, 'content-type', contentTypeFor(content.mediaType));
}

export function addCredentials(draft: Draft, scheme: HttpSecurityScheme, random: Random): void {
  const token = random.pick(['abc', 'eyJhbGciOiJub25lIn0.e30.', 'a b']);
  if (scheme.type === 'apiKey') addKey(draft, scheme.in, scheme.name);
  else if (scheme.type === 'http' && scheme.scheme === 'basic') setHeader(draft, 'authorization', 'Basic dXNlcjpwYXNz');
  else if (scheme.type === 'http' && scheme.scheme === 'digest')
    setHeader(draft, 'authorization', 'Digest username="a", realm="*", nonce="abc123", uri="/", response="r"');
  else if (scheme.type !== 'mutualTLS') setHeader(draft, 'authorization', `Bearer ${token}`);
}

function addKey(draft: Draft, place: 'query' | 'header' | 'cookie', name: string): void {
  if (place === 'query') draft.query.push(`${encode(name)}=k`);
  else if (place === 'header') setHeader(draft, name, 'k');
  else setHeader(draft, 'cookie', `${name}=k`);
}

function addCookies(draft: Draft, source: Source): void {
  const params = (source.operation.request?.cookie ?? []).filter(wanted(source.random));
  const texts = params.flatMap((param) => queryOf(param, source));
  if (texts.length > 0) setHeader(draft, 'cookie', texts.join('; '));
}

function wanted(random: Random): (param: IHttpParam) => boolean {
  return ({ required }) => required === true || random.chance(0.4);
}
