import type { Answer } from '../../differential/client.ts';
import type { Call } from '../../differential/draft.ts';

export function answer(parts: Partial<Answer> = {}): Answer {
  return { status: 200, reasonPhrase: 'OK', headers: {}, body: Buffer.from('{}'), ...parts };
}

export function callTo(target: string, parts: Partial<Call> = {}): Call {
  return { method: 'GET', target, headers: [], body: undefined, chunked: false, ...parts };
}
