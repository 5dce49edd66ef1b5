/** The promises of the policy, in the order of docs/design.md, section 5. */
export const PROMISE_IDS = [
  'P-PUSH', 'P-TRANSIT', 'P-REST', 'P-REGION', 'P-LIMITED', 'P-RAW-7', 'P-AUTO-30', 'P-MANUAL-1', 'P-EXTEND', 'P-MIN', 'P-PURPOSE', 'P-NOCOPY', 'P-SHARE', 'P-ERASE', 'P-NDA', 'P-LOGS',
] as const;
export type PromiseId = (typeof PROMISE_IDS)[number];

/** Each promise in a few words, for lists and links. */
export const PROMISE_TITLES: Readonly<Record<PromiseId, string>> = {
  'P-PUSH': 'only you send',
  'P-TRANSIT': 'encrypted on the way',
  'P-REST': 'encrypted where it lies',
  'P-REGION': 'in eu-west-1 only',
  'P-LIMITED': 'raw data for few, in the open',
  'P-RAW-7': 'raw data erased in time',
  'P-AUTO-30': 'results of automated analysis erased in time',
  'P-MANUAL-1': 'results of manual analysis erased in time',
  'P-EXTEND': 'no extension without notice',
  'P-MIN': 'no more than is needed',
  'P-PURPOSE': 'for this case only',
  'P-NOCOPY': 'no copies on staff devices',
  'P-SHARE': 'no sharing without approval',
  'P-ERASE': 'erased when you say so',
  'P-NDA': 'an NDA before anything is sent',
  'P-LOGS': 'no personal data in logs',
};

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
