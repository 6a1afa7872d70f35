import type { Call } from './draft.ts';

/** A longer body stands as the name of a file that isn't there. */
const MAX_SHOWN_BYTES = 4_096;

/** The call as a command line for a POSIX shell with `$'…'` (bash, zsh, ksh). */
export function toCurl({ method, target, headers, body, chunked }: Call, origin: string): string {
  const sent = chunked && body ? [...headers, ['Transfer-Encoding', 'chunked'] as const] : headers;
  const typed = body && !headers.some(([name]) => name.toLowerCase() === 'content-type') ? ["-H 'Content-Type:'"] : [];
  return [
    'curl -i --path-as-is',
    method === 'HEAD' ? '--head' : `-X ${quote(method)}`,
    ...(target.startsWith('/') ? [quote(origin + target)] : [`--request-target ${quote(target)}`, quote(origin)]),
    ...sent.map(([name, value]) => `-H ${quote(value === '' ? `${name};` : `${name}: ${value}`)}`),
    ...typed,
    ...(body ? [`--data-binary ${shown(body)}`] : []),
  ].join(' ');
}

function shown(body: Buffer): string {
  return body.length > MAX_SHOWN_BYTES ? `@${body.length}-bytes` : quote(body.toString('latin1'));
}

const PLAIN = /^[\w@%+=:,./-]+$/;
const NEEDS_ESCAPES = /[^\x20-\x7e]/;

/** Each character of `bytes` stands for one byte. */
function quote(bytes: string): string {
  if (PLAIN.test(bytes)) return bytes;
  if (!NEEDS_ESCAPES.test(bytes)) return `'${bytes.replaceAll("'", "'\\''")}'`;
  const escaped = bytes.replace(/[\\']/g, '\\$&').replace(/[^\x20-\x7e]/g, hexadecimal);
  return `$'${escaped}'`;
}

function hexadecimal(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
