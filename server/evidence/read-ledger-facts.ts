import { type Actor } from '@/domain/actor';
import { type LedgerFacts } from '@/domain/policy-evidence';
import { type RetentionSubject } from '@/domain/retention';
import { getDb, type Prisma } from '../db';
import { getRetentionPeriods } from '../retention/retention-periods';

const DAY_MS = 86_400_000;
/** A sweep runs each minute; what is past its date for longer than this is overdue. */
const GRACE_MS = 10 * 60 * 1000;
const ERASURE_LATE_MS = 5 * 60 * 1000;

type Held = LedgerFacts['held'][RetentionSubject];

async function held(subject: RetentionSubject, now: Date): Promise<Held> {
  const where: Prisma.RetentionClockWhereInput = { subject, endedAt: null };
  const [about, overdue] = await Promise.all([
    getDb().retentionClock.aggregate({ where, _count: true, _min: { startedAt: true } }),
    getDb().retentionClock.count({ where: { ...where, dueAt: { lt: new Date(now.getTime() - GRACE_MS) } } }),
  ]);
  const days = (await getRetentionPeriods())[subject];
  return { count: about._count, oldestAt: about._min.startedAt?.toISOString() ?? null, overdue, days };
}

async function sweeps(now: Date): Promise<Pick<LedgerFacts, 'lastSweep' | 'deletedToday'>> {
  const [last, today] = await Promise.all([
    getDb().sweepRun.findFirst({ where: { endedAt: { not: null } }, orderBy: { startedAt: 'desc' }, select: { endedAt: true, objects: true, failed: true } }),
    getDb().sweepRun.aggregate({ where: { startedAt: { gte: new Date(now.getTime() - DAY_MS) } }, _sum: { objects: true } }),
  ]);
  const lastSweep = last?.endedAt ? { endedAt: last.endedAt.toISOString(), objects: last.objects, failed: last.failed } : null;
  return { lastSweep, deletedToday: today._sum.objects ?? 0 };
}

async function erasures(now: Date): Promise<LedgerFacts['erasure']> {
  const open = { state: { not: 'done' } } as const;
  const [done, underWay, late, recent] = await Promise.all([
    getDb().erasureOrder.count({ where: { state: 'done' } }),
    getDb().erasureOrder.count({ where: open }),
    getDb().erasureOrder.count({ where: { ...open, orderedAt: { lt: new Date(now.getTime() - ERASURE_LATE_MS) } } }),
    getDb().$queryRaw<{ slowest: number | null }[]>`select max(extract(epoch from "doneAt" - "orderedAt"))::float8 as slowest from "ErasureOrder" where state = 'done' and "orderedAt" > ${new Date(now.getTime() - 30 * DAY_MS)}`,
  ]);
  const slowest = recent[0]?.slowest;
  return { done, open: underWay - late, late, slowestSeconds: typeof slowest === 'number' ? Math.round(slowest) : null };
}

const sharingInForce = (now: Date): Prisma.SharingRequestWhereInput => ({ state: 'approved', endsAt: { gt: now } });
const rawAccessInForce = (now: Date): Prisma.RawAccessGrantWhereInput => ({ state: 'granted', endsAt: { gt: now } });

async function inForceFor(actor: Actor, now: Date): Promise<LedgerFacts['mine']> {
  const organizationId = actor.kind === 'user' ? actor.organizationId : null;
  if (organizationId === null) return null;
  const ofCase = { case: { organizationId } };
  const [extensions, sharing, rawAccess] = await Promise.all([
    getDb().retentionExtension.count({ where: { state: 'effective', clock: { endedAt: null, OR: [{ file: ofCase }, { analysisOutput: { file: ofCase } }, { manualOutput: ofCase }] } } }),
    getDb().sharingRequest.count({ where: { ...sharingInForce(now), ...ofCase } }),
    getDb().rawAccessGrant.count({ where: { ...rawAccessInForce(now), ...ofCase } }),
  ]);
  return { extensions, sharing, rawAccess };
}

async function unapproved(now: Date): Promise<LedgerFacts['unapproved']> {
  const [sharing, rawAccess] = await Promise.all([
    getDb().sharingRequest.count({ where: { ...sharingInForce(now), decidedById: null } }),
    getDb().rawAccessGrant.count({ where: { ...rawAccessInForce(now), approvedById: null } }),
  ]);
  return { sharing, rawAccess };
}

/** Extensions that count although their notice was not handed to mail (P-EXTEND). */
async function unannouncedExtensions(): Promise<number> {
  const [row] = await getDb().$queryRaw<{ count: number }[]>`
    select count(*)::int as count from "RetentionExtension" extension left join "Notice" notice on notice.id = extension."noticeId"
    where extension.state = 'effective' and notice."sentAt" is null`;
  return row?.count ?? 0;
}

/** Reads what the promises hang on from the database; numbers and times alone leave it. */
export async function readLedgerFacts({ actor, now }: { readonly actor: Actor; readonly now: Date }): Promise<LedgerFacts> {
  const [swept, raw_file, analysis_output, manual_output, erasure, mine, withoutApproval, unannounced, requestsWithoutPurpose] = await Promise.all([
    sweeps(now), held('raw_file', now), held('analysis_output', now), held('manual_output', now), erasures(now), inForceFor(actor, now), unapproved(now), unannouncedExtensions(),
    getDb().fileRequest.count({ where: { purpose: '' } }),
  ]);
  return { ...swept, held: { raw_file, analysis_output, manual_output }, erasure, mine, unapproved: withoutApproval, unannouncedExtensions: unannounced, requestsWithoutPurpose };
}
