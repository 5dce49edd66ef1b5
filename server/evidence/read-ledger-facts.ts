import { DAY_MS, minutesBefore } from '@/domain/durations';
import { ERASURE_LATE_MINUTES } from '@/domain/erasure';
import { HELD_STATES } from '@/domain/file-states';
import { COMPARED_LATE_MINUTES, type LedgerFacts } from '@/domain/policy-evidence';
import { OVERDUE_MINUTES, type RetentionSubject } from '@/domain/retention';
import { getDb } from '../db';
import { abandonedFiles } from '../file/expire-file';
import { UNANNOUNCED } from '../reconcile/record-strangers';
import { lastLook } from '../reconcile/storage-look';
import { getRetentionPeriods } from '../retention/retention-periods';

async function held(now: Date): Promise<LedgerFacts['held']> {
  const overdueAt = minutesBefore(now, OVERDUE_MINUTES);
  const [oldest, overdue, givenUp, days] = await Promise.all([
    getDb().retentionClock.groupBy({ by: 'subject', where: { endedAt: null }, _min: { startedAt: true } }),
    getDb().retentionClock.groupBy({ by: 'subject', where: { endedAt: null, dueAt: { lt: overdueAt } }, _count: true }),
    // What was sent of an upload that was given up is raw data too, without a clock.
    getDb().diagnosticFile.count({ where: abandonedFiles(overdueAt) }),
    getRetentionPeriods(),
  ]);
  const of = (subject: RetentionSubject) => ({
    oldestAt: oldest.find((row) => row.subject === subject)?._min.startedAt?.toISOString() ?? null,
    overdue: (overdue.find((row) => row.subject === subject)?._count ?? 0) + (subject === 'raw_file' ? givenUp : 0),
    days: days[subject],
  });
  return { raw_file: of('raw_file'), analysis_output: of('analysis_output'), manual_output: of('manual_output') };
}

async function bucketCompared(now: Date): Promise<LedgerFacts['bucketCompared']> {
  const db = getDb();
  const [look, overdue] = await Promise.all([lastLook(), db.unannouncedObject.count({ where: { AND: [UNANNOUNCED(db), { dueAt: { lt: minutesBefore(now, COMPARED_LATE_MINUTES) } }] } })]);
  return { endedAt: look?.endedAt.toISOString() ?? null, overdue };
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
    getDb().erasureOrder.count({ where: { ...open, orderedAt: { lt: minutesBefore(now, ERASURE_LATE_MINUTES) } } }),
    getDb().$queryRaw<{ slowest: number | null }[]>`select max(extract(epoch from "doneAt" - "orderedAt"))::float8 as slowest from "ErasureOrder" where state = 'done' and "orderedAt" > ${new Date(now.getTime() - 30 * DAY_MS)}`,
  ]);
  const slowest = recent[0]?.slowest;
  return { done, open: underWay - late, late, slowestSeconds: typeof slowest === 'number' ? Math.round(slowest) : null };
}

/** Clocks that run on behind their period and the extensions whose notice was handed to mail (P-EXTEND). What was made shorter may be due at once instead. */
async function datesMovedUntold(now: Date): Promise<number> {
  const [row] = await getDb().$queryRaw<{ count: number }[]>`
    select count(*)::int as count from "RetentionClock" clock
    where clock."endedAt" is null and clock."dueAt" > ${now} and clock."dueAt" > clock."startedAt" + interval '24 hours' * (clock."periodDays" + coalesce((
      select sum(extension.days) from "RetentionExtension" extension join "Notice" notice on notice.id = extension."noticeId"
      where extension."clockId" = clock.id and extension.state = 'effective' and notice."sentAt" is not null), 0))`;
  return row?.count ?? 0;
}

/** The database lets nothing be approved by nobody; whether it was somebody who may, it does not ask (P-SHARE). */
async function sharedUnapproved(now: Date): Promise<number> {
  const [row] = await getDb().$queryRaw<{ count: number }[]>`
    select count(*)::int as count from "SharingRequest" sharing join "Case" of_case on of_case.id = sharing."caseId"
    where sharing.state = 'approved' and sharing."endsAt" > ${now} and not exists (
      select 1 from "User" decider where decider.id = sharing."decidedById" and decider.role = 'customer' and decider."organizationId" = of_case."organizationId")`;
  return row?.count ?? 0;
}

async function rawAccess(now: Date): Promise<Pick<LedgerFacts, 'rawReadUntold' | 'grantedAlone'>> {
  const db = getDb();
  const [untold, grantedAlone] = await Promise.all([
    db.$queryRaw<{ count: number }[]>`
      select count(*)::int as count from "RawAccessGrantFile" file join "RawAccessGrant" access on access.id = file."grantId"
      where file."readAt" is not null and not exists (
        select 1 from "Notice" notice where notice.kind = 'raw_access_granted' and notice."caseId" = access."caseId" and notice.data ->> 'grantId' = access.id::text and notice."sentAt" <= file."readAt")`,
    db.rawAccessGrant.count({ where: { state: 'granted', endsAt: { gt: now }, approvedById: { equals: db.rawAccessGrant.fields.askedById } } }),
  ]);
  return { rawReadUntold: untold[0]?.count ?? 0, grantedAlone };
}

/** Reads what the promises hang on from the database; numbers and times alone leave it. */
export async function readLedgerFacts({ now }: { readonly now: Date }): Promise<LedgerFacts> {
  const [swept, kept, compared, withoutClock, movedUntold, erasure, unapproved, raw, requestsWithoutPurpose] = await Promise.all([
    sweeps(now), held(now), bucketCompared(now),
    getDb().diagnosticFile.count({ where: { state: { in: [...HELD_STATES] }, OR: [{ clock: null }, { clock: { endedAt: { not: null } } }] } }),
    datesMovedUntold(now), erasures(now), sharedUnapproved(now), rawAccess(now),
    getDb().fileRequest.count({ where: { purpose: '' } }),
  ]);
  return { ...swept, held: kept, bucketCompared: compared, withoutClock, datesMovedUntold: movedUntold, erasure, sharedUnapproved: unapproved, ...raw, requestsWithoutPurpose };
}
