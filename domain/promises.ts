/** The promises of the policy, in the order of docs/design.md, section 5. */
export const PROMISE_IDS = [
  'P-PUSH', 'P-TRANSIT', 'P-REST', 'P-REGION', 'P-LIMITED', 'P-RAW-7', 'P-AUTO-30', 'P-MANUAL-1', 'P-EXTEND', 'P-MIN', 'P-PURPOSE', 'P-NOCOPY', 'P-SHARE', 'P-ERASE', 'P-NDA', 'P-LOGS',
] as const;
export type PromiseId = (typeof PROMISE_IDS)[number];

export function isPromiseId(text: string): text is PromiseId {
  return (PROMISE_IDS as readonly string[]).includes(text);
}

/**
 * - `kept`: what was read just now is as the promise says.
 * - `broken`: it is not. Shown red, to everybody.
 * - `unknown`: it could not be read just now.
 * - `demo`: it is not, because this portal is a demo on one machine.
 * - `fact`: says what is, without a verdict.
 */
export type EvidenceState = 'kept' | 'broken' | 'unknown' | 'demo' | 'fact';

/** One thing that was looked at, as a sentence without names of people, organisations or files. */
export type Evidence = { readonly state: EvidenceState; readonly sentence: string };

/** The worst of several: what a reader has to see first. */
export function worstState(states: readonly EvidenceState[]): EvidenceState {
  const order: readonly EvidenceState[] = ['broken', 'unknown', 'demo', 'kept', 'fact'];
  return order.find((state) => states.includes(state)) ?? 'fact';
}
