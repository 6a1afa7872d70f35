import type { IHttpParam } from '@stoplight/types';

type Style = Pick<IHttpParam, 'name' | 'explode'> & { readonly style?: string };

const SEPARATORS: Readonly<Record<string, string>> = {
  spaceDelimited: '%20',
  pipeDelimited: '|',
  tabDelimited: '%09',
  commaDelimited: ',',
};

/** A path parameter's text by its style: https://spec.openapis.org/oas/v3.1.0#style-values */
export function pathText({ name, style, explode = false }: Style, value: unknown): string {
  switch (style) {
    case 'label':
      return `.${simple(value, explode, explode ? '.' : ',')}`;
    case 'matrix':
      return matrix(name, value, explode);
    default:
      return simple(value, explode, ',');
  }
}

export function headerText({ explode = false }: Style, value: unknown): string {
  return decodeURIComponent(simple(value, explode, ',')).replace(/[^\x20-\x7e]/g, '?');
}

/** A query parameter's `name=value` texts by its style; a form field's too. */
export function queryTexts({ name, style, explode }: Style, value: unknown): string[] {
  if (style === 'deepObject') return deepTexts(encode(name), value);
  const isExploded = explode ?? (style === undefined || style === 'form');
  if (Array.isArray(value))
    return isExploded ? value.map((item) => pair(name, item)) : [joined(name, style, value.map(scalar))];
  if (!isObject(value)) return [pair(name, value)];
  const members = Object.entries(value);
  if (isExploded) return members.map(([key, member]) => pair(key, member));
  return [joined(name, style, members.flatMap(([key, member]) => [encode(key), scalar(member)]))];
}

function simple(value: unknown, explode: boolean, separator: string): string {
  if (Array.isArray(value)) return value.map(scalar).join(separator);
  if (!isObject(value)) return scalar(value);
  const members = Object.entries(value).map(([key, member]) => [encode(key), scalar(member)]);
  return members.map((member) => member.join(explode ? '=' : ',')).join(separator);
}

function matrix(name: string, value: unknown, explode: boolean): string {
  if (!explode) return `;${encode(name)}=${simple(value, false, ',')}`;
  if (Array.isArray(value)) return value.map((item) => `;${pair(name, item)}`).join('');
  if (!isObject(value)) return `;${pair(name, value)}`;
  return Object.entries(value).map(([key, member]) => `;${pair(key, member)}`).join('');
}

function deepTexts(prefix: string, value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => deepTexts(`${prefix}%5B${index}%5D`, item));
  if (!isObject(value)) return [`${prefix}=${scalar(value)}`];
  return Object.entries(value).flatMap(([key, member]) => deepTexts(`${prefix}%5B${encode(key)}%5D`, member));
}

function joined(name: string, style: string | undefined, texts: readonly string[]): string {
  return `${encode(name)}=${texts.join(SEPARATORS[style ?? ''] ?? ',')}`;
}

function pair(name: string, value: unknown): string {
  return `${encode(name)}=${scalar(value)}`;
}

function scalar(value: unknown): string {
  return encode(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
}

/** Lone surrogates have no encoding. */
export function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
