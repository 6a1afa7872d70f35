import { assemble, type AssemblyOptions } from './assembly.ts';
import { tellMocks } from './assembly_events.ts';
import type { Configuration } from './configuration.ts';
import { StartError } from './errors.ts';
import type { EventStream } from './events.ts';
import { sendGatewayAnswer } from './gateway/answers.ts';
import { INTEGRATION_LIMIT_MS } from './gateway/limits.ts';
import type { MountedMock } from './mounted_mock.ts';
import { reasonsOf } from './reload/reload_events.ts';
import type { UpstreamOptions } from './upstream/answer.ts';

/**
 * Makes every mock ready, telling `events` of each. All are tried, so that all broken documents
 * are told at once. @throws StartError if any fails
 */
export async function startMocks(
  { mocks }: Configuration,
  options: AssemblyOptions,
  events: EventStream,
): Promise<readonly MountedMock[]> {
  const assembly = await assemble(mocks, [], options);
  tellMocks(events, assembly, 'mock_failed');
  if (assembly.failed.length > 0) throw new StartError(`${reasonsOf(assembly)} Mend the document and start again.`);
  return assembly.mocks;
}

export function upstreamOptions({ environment, tokenHeader, gateway }: Configuration): UpstreamOptions {
  const limit: UpstreamOptions['limit'] = gateway && {
    ms: INTEGRATION_LIMIT_MS,
    refuse: (response) => sendGatewayAnswer(response, 'late'),
  };
  return { environment, tokenHeader, limit };
}

/**
 * On AWS documents come from anybody who opens a pull request, and must not make a task call out;
 * on somebody's own machine, callbacks reach what is developed there.
 */
export function sendsCallbacks({ gateway }: Configuration): boolean {
  return gateway !== null;
}
