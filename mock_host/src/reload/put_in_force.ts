import type { Assembly, FailedMock } from '../assembly.ts';
import type { Keepers } from '../expectations/keepers.ts';
import type { MountedMock } from '../mounted_mock.ts';
import type { Serving } from '../serving.ts';

/**
 * Serves the mocks of an assembly from now on. Resolves when each MockServer that is there has its
 * expectations, with the assembly as it came out: what a MockServer refused is among the failed.
 */
export async function putInForce(
  assembly: Assembly,
  serving: Serving<MountedMock>,
  keepers: Keepers,
): Promise<Assembly> {
  const before = serving.mocks;
  serving.replace(assembly.mocks);
  await keepers.settled();
  const anew = assembly.mocks.filter((mock) => !before.includes(mock));
  return { ...assembly, failed: [...assembly.failed, ...anew.flatMap((mock) => refusedBy(keepers, mock))] };
}

function refusedBy(keepers: Keepers, { mock, engine }: MountedMock): FailedMock[] {
  if (mock.engine !== 'mockserver' || !engine.expectations) return [];
  const failure = keepers.refusalOf(mock, engine.expectations);
  return failure ? [{ mock, failure, servesLastGood: keepers.troubleOf(mock) === undefined }] : [];
}
