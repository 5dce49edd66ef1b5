import { SeededRandom } from '../fixtures/random';

/** Everything that can go wrong on the way of a file; the names stand in the table that `npm run faults` prints. */
export const FAULT_KINDS = [
  'segment cut', 'segment answer cut', 'segment answer lost', '500 InternalError', 'client reloaded', 'call cut', 'storage restarted', '503 SlowDown', 'call answer cut', 'portal restarted',
  'URL expired', 'client killed', 'call answer lost', 'network off', 'clock a day behind', '503 ServiceUnavailable', 'slow link', 'clock a day ahead', 'segment stalled', 'network off for a minute',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export const CLIENTS = ['browser', 'script'] as const;
export type Client = (typeof CLIENTS)[number];

/** Which exchange a fault meets, from 1: PUTs of segments, or calls of the portal's HTTP contract. `share` (0 to 1) is of the bytes that pass. */
type Met = { readonly kind: FaultKind; readonly target: 'put' | 'portal'; readonly nth: number };
export type CutFault = Met & { readonly does: 'cut-request' | 'cut-answer' | 'stall'; readonly share: number };
export type AnswerFault = Met & { readonly does: 'answer'; readonly status: number; readonly code: string; readonly message: string };
export type ExchangeFault = CutFault | AnswerFault | (Met & { readonly does: 'lose-answer' });

const MOMENTS = ['network off', 'client reloaded', 'client killed', 'portal restarted', 'storage restarted', 'network off for a minute'] as const satisfies readonly FaultKind[];
/** Something that happens once a share (0 to 1) of the file's compressed bytes is sent. */
export type MomentFault = { readonly kind: (typeof MOMENTS)[number]; readonly share: number };

export type FaultPlan = {
  readonly seed: number;
  readonly client: Client;
  readonly segmentCount: number;
  readonly exchanges: readonly ExchangeFault[];
  readonly moments: readonly MomentFault[];
  /** Days that the client's clock is wrong. */
  readonly clockDays: -1 | 0 | 1;
  /** What the link lets through of segments, bytes a second. */
  readonly bytesPerSecond: number | null;
};

type Answer = Pick<AnswerFault, 'status' | 'code' | 'message'>;
const ANSWERS: Partial<Record<FaultKind, Answer>> = {
  '500 InternalError': { status: 500, code: 'InternalError', message: 'We encountered an internal error. Please try again.' },
  '503 ServiceUnavailable': { status: 503, code: 'ServiceUnavailable', message: 'Please reduce your request rate.' },
  '503 SlowDown': { status: 503, code: 'SlowDown', message: 'Please reduce your request rate.' },
  'URL expired': { status: 403, code: 'AccessDenied', message: 'Request has expired' },
};
/** What may come on top of a run's own fault: what breaks one exchange and takes no time. */
const QUICK = ['segment cut', 'segment answer cut', 'segment answer lost', 'call cut', 'call answer cut', 'call answer lost', '500 InternalError', '503 ServiceUnavailable', '503 SlowDown', 'URL expired'] as const satisfies readonly FaultKind[];
const MIB = 1024 * 1024;

/**
 * What goes wrong in the run of a seed: one kind in turn, so that a hundred seeds hold each several times for both clients, and by
 * chance up to two broken exchanges, a moment and a wrong clock besides. Odd seeds send by browser, even ones by script.
 */
export function planFaults(seed: number, client: Client = CLIENTS[(seed + 1) % 2] ?? 'browser'): FaultPlan {
  const random = new SeededRandom(seed);
  const segmentCount = 3 + random.below(3);
  const own = FAULT_KINDS[((seed - 1) >> 1) % FAULT_KINDS.length] ?? 'segment cut';
  const kinds: FaultKind[] = [own, ...Array.from({ length: random.below(3) }, () => random.pick(QUICK))];
  const isQuiet = !isMoment(own) && own !== 'segment stalled';
  if (isQuiet && random.below(3) === 0) kinds.push(random.pick(MOMENTS.slice(0, -1)));
  const wrong = own === 'clock a day behind' ? -1 : own === 'clock a day ahead' ? 1 : random.pick([0, 0, 0, -1, 1] as const);
  return {
    seed,
    client,
    segmentCount,
    exchanges: kinds.flatMap((kind) => exchangeFault(kind, random, segmentCount) ?? []),
    moments: kinds.filter(isMoment).map((kind) => ({ kind, share: 0.1 + 0.7 * random.fraction() })),
    clockDays: wrong,
    bytesPerSecond: own === 'slow link' || random.below(12) === 0 ? (2 + random.below(3)) * MIB : null,
  };
}

function isMoment(kind: FaultKind): kind is MomentFault['kind'] {
  return MOMENTS.some((moment) => moment === kind);
}

function exchangeFault(kind: FaultKind, random: SeededRandom, segmentCount: number): ExchangeFault | null {
  // Every client makes at least so many PUTs and calls, so that each fault is met.
  const put = { kind, target: 'put', nth: 1 + random.below(segmentCount) } as const;
  const call = { kind, target: 'portal', nth: 1 + random.below(segmentCount + 2) } as const;
  const share = random.fraction();
  switch (kind) {
    case 'segment cut': return { ...put, does: 'cut-request', share };
    case 'call cut': return { ...call, does: 'cut-request', share };
    case 'segment answer cut': return { ...put, does: 'cut-answer', share };
    case 'call answer cut': return { ...call, does: 'cut-answer', share };
    case 'segment answer lost': return { ...put, does: 'lose-answer' };
    case 'call answer lost': return { ...call, does: 'lose-answer' };
    case 'segment stalled': return { ...put, does: 'stall', share };
    default: {
      const answer = ANSWERS[kind];
      if (!answer) return null;
      // A call of the portal may be refused for now only: its 403 would be the portal's own word.
      return { ...(answer.status >= 500 && random.below(4) === 0 ? call : put), does: 'answer', ...answer };
    }
  }
}

/** Every kind of fault that a plan holds, each once. */
export function kindsOf({ exchanges, moments, clockDays, bytesPerSecond }: FaultPlan): FaultKind[] {
  const clock: FaultKind[] = clockDays === 0 ? [] : [clockDays < 0 ? 'clock a day behind' : 'clock a day ahead'];
  return [...new Set([...exchanges.map(({ kind }) => kind), ...moments.map(({ kind }) => kind), ...clock, ...(bytesPerSecond === null ? [] : ['slow link' as const])])];
}

/** Segments that a plan may cost beyond the file's own: one for each broken PUT, what is in flight where every connection is lost. */
export function segmentsToSendAgain({ exchanges, moments }: FaultPlan, inFlight: number): number {
  // A portal that is away breaks no PUT, and no answer of the portal is worth a segment.
  return exchanges.filter(({ target }) => target === 'put').length + moments.filter(({ kind }) => kind !== 'portal restarted').length * inFlight;
}

/** The plan in one line, for a failing run to print. */
export function tellPlan({ seed, client, segmentCount, exchanges, moments, clockDays, bytesPerSecond }: FaultPlan): string {
  const broken = exchanges.map(({ kind, target, nth }) => `${kind} (${target} ${nth})`);
  const happened = moments.map(({ kind, share }) => `${kind} (${Math.round(share * 100)} %)`);
  const clock = clockDays === 0 ? [] : [`clock a day ${clockDays < 0 ? 'behind' : 'ahead'}`];
  const link = bytesPerSecond === null ? [] : [`slow link (${bytesPerSecond / MIB} MiB/s)`];
  return `seed ${seed}, ${client}, ${segmentCount} segments: ${[...broken, ...happened, ...clock, ...link].join(', ')}`;
}
