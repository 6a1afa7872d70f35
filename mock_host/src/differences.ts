import type { Mock } from './configuration.ts';
import type { MountedMock } from './mounted_mock.ts';

/** Names of mocks. */
export interface Differences {
  /** New, or answering otherwise or elsewhere than before. */
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/** What differs for a caller: not where a file lies, nor that it was touched. */
export function differences(before: readonly MountedMock[], after: readonly MountedMock[]): Differences {
  const known = new Map(before.map((mock) => [mock.name, mock]));
  const present = new Set(after.map(({ name }) => name));
  return {
    changed: after.filter((mock) => answersAnew(known.get(mock.name), mock)).map(({ name }) => name),
    removed: before.filter(({ name }) => !present.has(name)).map(({ name }) => name),
  };
}

function answersAnew(before: MountedMock | undefined, { mock, engine }: MountedMock): boolean {
  if (engine.answer === null) return false;
  return before?.engine.answer !== engine.answer || placeOf(before.mock) !== placeOf(mock);
}

function placeOf(mock: Mock): string {
  return JSON.stringify({ ...mock, document: undefined, expectations: undefined });
}
