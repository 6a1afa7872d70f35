/** A failure a user can act on: `message` says what is wrong, where, and what to do next. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** The message of anything that was thrown, for a log line or a health reason. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The `code` Node puts on system errors (`EADDRINUSE`, `ECONNREFUSED`), if there is one. */
export function codeOf(thrown: unknown): string | undefined {
  const code = (thrown as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** Where an error came from; one a user can act on says enough by itself. */
export function stackOf(error: unknown): { stack?: string } {
  if (!(error instanceof Error) || error instanceof StartError || error.stack === undefined) return {};
  return { stack: error.stack };
}
