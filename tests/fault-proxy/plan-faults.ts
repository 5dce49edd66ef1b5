import { SeededRandom } from '../fixtures/random';

/** Which exchange of its kind a fault meets, from 1: PUTs of segments, or calls of the portal's HTTP contract. */
type Met = { readonly target: 'put' | 'portal'; readonly nth: number };
export type AnswerFault = Met & { readonly kind: 'answer'; readonly status: number; readonly code: string; readonly message: string };
export type ExchangeFault =
  | (Met & { readonly kind: 'reset-request'; /** of the request's body, 0 to 1 */ readonly share: number })
  | (Met & { readonly kind: 'lose-answer' })
  | AnswerFault;

/** Something that happens to the client once a share (0 to 1) of the file's compressed bytes is sent. */
export type MomentFault = { readonly kind: 'network-off' | 'reload' | 'browser-killed'; readonly share: number };

export type FaultPlan = {
  readonly seed: number;
  readonly segmentCount: number;
  readonly exchanges: readonly ExchangeFault[];
  readonly moments: readonly MomentFault[];
  /** Days that the client's clock is wrong. */
  readonly clockDays: -1 | 0 | 1;
};

const ANSWERS: readonly Pick<AnswerFault, 'status' | 'code' | 'message'>[] = [
  { status: 500, code: 'InternalError', message: 'We encountered an internal error. Please try again.' },
  { status: 503, code: 'ServiceUnavailable', message: 'Please reduce your request rate.' },
  { status: 503, code: 'SlowDown', message: 'Please reduce your request rate.' },
  { status: 403, code: 'AccessDenied', message: 'Request has expired' },
];
const MOMENTS = ['network-off', 'reload', 'browser-killed'] as const;

/** What goes wrong in the run of a seed: one to three broken exchanges, now and then one moment, now and then a wrong clock. */
export function planFaults(seed: number): FaultPlan {
  const random = new SeededRandom(seed);
  const segmentCount = 3 + random.below(3);
  const exchanges = Array.from({ length: 1 + random.below(3) }, () => exchangeFault(random, segmentCount));
  const moments = random.below(3) === 0 ? [{ kind: random.pick(MOMENTS), share: 0.1 + 0.7 * random.fraction() }] : [];
  return { seed, segmentCount, exchanges, moments, clockDays: random.pick([0, 0, -1, 1] as const) };
}

function exchangeFault(random: SeededRandom, segmentCount: number): ExchangeFault {
  const target = random.below(4) === 0 ? 'portal' : 'put';
  const nth = 1 + random.below(target === 'put' ? segmentCount : 3 * segmentCount);
  const kind = random.pick(['reset-request', 'lose-answer', 'answer'] as const);
  if (kind === 'reset-request') return { target, nth, kind, share: random.fraction() };
  if (kind === 'lose-answer') return { target, nth, kind };
  // A portal call may be refused for now only: its 403 would be the portal's own word.
  return { target, nth, kind, ...random.pick(target === 'put' ? ANSWERS : ANSWERS.slice(0, 3)) };
}

/** The plan in one line, for a failing run to print. */
export function tellPlan({ seed, segmentCount, exchanges, moments, clockDays }: FaultPlan): string {
  const broken = exchanges.map((fault) => `${fault.kind === 'answer' ? `${fault.status} ${fault.code}` : fault.kind} at ${fault.target} ${fault.nth}`);
  const happened = moments.map(({ kind, share }) => `${kind} at ${Math.round(share * 100)} %`);
  return [`seed ${seed}: ${segmentCount} segments`, ...broken, ...happened, ...(clockDays === 0 ? [] : [`clock wrong by ${clockDays} day`])].join(', ');
}
