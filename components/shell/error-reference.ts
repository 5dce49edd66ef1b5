/** The digest under which the server logged an error, or undefined for one of the browser's own. */
export function errorReference(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('digest' in error)) return undefined;
  return typeof error.digest === 'string' && /^[\w@-]{1,64}$/.test(error.digest) ? error.digest : undefined;
}
