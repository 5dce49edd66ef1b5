/** A failure that is told to the person at the terminal as one sentence, without a stack. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** The `code` of a Node system error (`EACCES`, `EADDRINUSE` …), or undefined for anything else. */
export function systemCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** What a failure says, in one line and without a stack. */
export function sentenceOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n').map((line) => line.trim()).filter(Boolean).join(' ');
}
