import type { Call } from './draft.ts';

/** Far more than a request has parts; a bound in case each probe costs a time-out. */
const MAX_PROBES = 60;

/**
 * The smallest request found that `stillDiffers`: leaves out headers, query parts and the body, one
 * after the other, as long as the difference stays.
 */
export async function reduce(call: Call, stillDiffers: (call: Call) => Promise<boolean>): Promise<Call> {
  let smallest = call;
  let probes = 0;
  for (let found = true; found; ) {
    found = false;
    for (const candidate of smallerCalls(smallest)) {
      if ((probes += 1) > MAX_PROBES) return smallest;
      if (!(await stillDiffers(candidate))) continue;
      smallest = candidate;
      found = true;
      break;
    }
  }
  return smallest;
}

function* smallerCalls(call: Call): Generator<Call> {
  if (call.chunked) yield { ...call, chunked: false };
  if (call.body) yield { ...call, body: undefined };
  if (call.body && call.body.length > 1) yield { ...call, body: call.body.subarray(0, call.body.length / 2) };
  for (const index of call.headers.keys()) yield { ...call, headers: call.headers.filter((_, at) => at !== index) };
  const [path = '', ...rest] = call.target.split('?');
  const parts = rest.join('?').split('&');
  if (rest.length > 0) yield { ...call, target: path };
  if (parts.length > 1)
    for (const index of parts.keys())
      yield { ...call, target: `${path}?${parts.filter((_, at) => at !== index).join('&')}` };
}
