import { basename, dirname } from 'node:path';
import type { Mock, MockServerMock, PrismMock } from './configuration.ts';
import type { MountedMock } from './mounted_mock.ts';
import { movedFiles, type SourceFile } from './prism/source_files.ts';

/** What a mock's source is known to be made from, if it is the same one, perhaps in another folder. */
export function knownFiles(mock: PrismMock | MockServerMock, { mock: before, engine }: MountedMock): readonly SourceFile[] {
  const [source, old] = [sourceOf(mock), sourceOf(before)];
  if (old === source) return engine.files;
  if (basename(old) !== basename(source)) return [];
  return movedFiles(engine.files, dirname(old), dirname(source));
}

function sourceOf(mock: Mock): string {
  if (mock.engine === 'prism') return mock.document;
  return mock.engine === 'mockserver' ? mock.expectations : '';
}
