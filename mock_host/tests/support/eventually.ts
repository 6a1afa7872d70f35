import { setTimeout as pause } from 'node:timers/promises';

/** Far more than anything here needs: a test that would hang fails instead. */
const GIVE_UP_MS = 20_000;
const LOOK_EVERY_MS = 5;

/** Resolves with what `look` gives as soon as it gives anything (but undefined and false). */
export async function eventually<T>(look: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  const deadlineMs = performance.now() + GIVE_UP_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > deadlineMs) throw new Error(`not so within ${GIVE_UP_MS / 1000} s: ${look}`);
    await pause(LOOK_EVERY_MS);
  }
}
