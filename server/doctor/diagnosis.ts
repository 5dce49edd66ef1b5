import { sentence } from './sentence';

/** `warn` does not stop the portal, but is not as production should be. */
export type Severity = 'ok' | 'warn' | 'fail';

/** One thing that was looked at. `found` and `remedy` are complete sentences without secrets; a remedy says what to change. */
export type Diagnosis = { readonly part: string; readonly severity: Severity; readonly found: string; readonly remedy?: string };

export const ok = (part: string, found: string): Diagnosis => ({ part, severity: 'ok', found });
export const warn = (part: string, found: string, remedy: string): Diagnosis => ({ part, severity: 'warn', found, remedy });
export const fail = (part: string, found: string, remedy: string): Diagnosis => ({ part, severity: 'fail', found, remedy });

/** Runs one look; what it throws becomes a failure of that part, told by its code. Nothing hides the other parts. */
export async function look(part: string, remedy: string, work: () => Promise<readonly Diagnosis[]>): Promise<readonly Diagnosis[]> {
  try {
    return await work();
  } catch (error) {
    return [fail(part, sentence(error), remedy)];
  }
}
