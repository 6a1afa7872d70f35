import type { IMediaTypeContent } from '@stoplight/types';
import { queryTexts } from './parameter_texts.ts';

export const BOUNDARY = 'mock-boundary';

type Content = Pick<IMediaTypeContent, 'mediaType' | 'encodings'>;

/** The concrete type to send for one that a document may give as a range. */
export function concreteType(mediaType: string): string {
  if (mediaType.startsWith('*/')) return 'text/plain';
  const named = mediaType.replace('application/*+', 'application/vnd.example+').replace('text/*', 'text/markdown');
  return named.replace('/*', '/octet-stream');
}

/** The content-type header that goes with `bodyText`. */
export function contentTypeFor(mediaType: string): string {
  const type = concreteType(mediaType);
  return type.startsWith('multipart/') ? `${type}; boundary=${BOUNDARY}` : type;
}

/** `value` as a body of the given media type. */
export function bodyText(content: Content, value: unknown): Buffer {
  const type = concreteType(content.mediaType).split(';')[0] as string;
  if (/[/+]json$/.test(type)) return Buffer.from(JSON.stringify(value) ?? '');
  if (type === 'application/x-www-form-urlencoded') return Buffer.from(formText(content, value));
  if (type.startsWith('multipart/')) return Buffer.from(multipartText(value));
  if (/[/+]xml$/.test(type)) return Buffer.from(`<?xml version="1.0"?><root>${xmlText(value)}</root>`);
  if (type.startsWith('text/')) return Buffer.from(plainText(value));
  return Buffer.concat([Buffer.from([0, 255, 128, 10]), Buffer.from(plainText(value))]);
}

function formText({ encodings = [] }: Content, value: unknown): string {
  return membersOf(value)
    .flatMap(([name, member]) => {
      const encoding = encodings.find(({ property }) => property === name);
      return queryTexts({ style: 'form', ...encoding, name }, member);
    })
    .join('&');
}

function multipartText(value: unknown): string {
  const start = `--${BOUNDARY}\r\nContent-Disposition: form-data`;
  const parts = membersOf(value).map(([name, member]) => `${start}; name="${name}"\r\n\r\n${plainText(member)}\r\n`);
  return `${parts.join('')}--${BOUNDARY}--\r\n`;
}

function xmlText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return plainText(value).replace(/[<&]/g, '_');
  return Object.entries(value)
    .map(([name, member]) => `<m_${name.replace(/\W/g, '_')}>${xmlText(member)}</m_${name.replace(/\W/g, '_')}>`)
    .join('');
}

function plainText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function membersOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [['value', value]];
}
