import { DAY_MS, minutesBefore } from '@/domain/durations';
import { FINAL_STATES, HELD_STATES } from '@/domain/file-states';
import { COMPARED_LATE_MINUTES, type LedgerFacts } from '@/domain/policy-evidence';
import { OVERDUE_MINUTES, type RetentionSubject } from '@/domain/retention';
import { getDb } from '../db';
import { lateOrders } from '../erasure/late-orders';
import { abandonedFiles } from '../file/expire-file';
import { UNANNOUNCED } from '../reconcile/record-strangers';
import { lastLook } from '../reconcile/storage-look';
import { sweepTimes } from '../retention/read-sweep-facts';
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
  return { endedAt: look?.endedAt.toISOString() ?? null, overdue, remains: look?.remains ?? 0 };
}

async function sweeps(now: Date): Promise<Pick<LedgerFacts, 'lastSweep' | 'deletedToday' | 'sweptAhead'>> {
  const { past, ahead } = sweepTimes(now);
  const [last, inFuture, today] = await Promise.all([
    getDb().sweepRun.findFirst({ where: { startedAt: past, endedAt: { not: null } }, orderBy: { startedAt: 'desc' }, select: { endedAt: true, objects: true, failed: true } }),
    getDb().sweepRun.findFirst({ where: { startedAt: ahead }, select: { id: true } }),
    getDb().sweepRun.aggregate({ where: { startedAt: { gte: new Date(now.getTime() - DAY_MS) } }, _sum: { objects: true } }),
  ]);
  const lastSweep = last?.endedAt ? { endedAt: last.endedAt.toISOString(), objects: last.objects, failed: last.failed } : null;
  return { lastSweep, sweptAhead: inFuture !== null, deletedToday: today._sum.objects ?? 0 };
}

async function erasures(now: Date): Promise<LedgerFacts['erasure']> {
  const db = getDb();
  const [done, open, late, unproven, recent] = await Promise.all([
    db.erasureOrder.count({ where: { state: 'done' } }),
    db.erasureOrder.count({ where: { state: { not: 'done' }, NOT: lateOrders(now) } }),
    db.erasureOrder.count({ where: lateOrders(now) }),
    db.erasureOrder.count({ where: { state: 'done', OR: [{ certificates: { none: {} } }, { files: { some: { absentAt: null } } }] } }),
    db.$queryRaw<{ slowest: number | null }[]>`select max(extract(epoch from "doneAt" - "orderedAt"))::float8 as slowest from "ErasureOrder" where state = 'done' and "orderedAt" > ${new Date(now.getTime() - 30 * DAY_MS)}`,
  ]);
  const slowest = recent[0]?.slowest;
  return { done, open, late, unproven, slowestSeconds: typeof slowest === 'number' ? Math.round(slowest) : null };
}

/** Raw data begins with the first object that the portal saw of a file, which may be days before the file is complete and its clock begins. */
async function oldestObjectAt(): Promise<string | null> {
  const { _min } = await getDb().segment.aggregate({ where: { state: 'stored', file: { state: { notIn: [...FINAL_STATES] } } }, _min: { storedAt: true } });
  return _min.storedAt?.toISOString() ?? null;
}

/** What has no clock that runs, or still has its words although its clock ended. */
async function withoutClock(): Promise<LedgerFacts['withoutClock']> {
  const noClock = { OR: [{ clock: null }, { clock: { endedAt: { not: null } } }] };
  const isThere = { OR: [{ title: { not: null } }, { body: { not: null } }] };
  const [raw_file, analysis_output, manual_output] = await Promise.all([
    getDb().diagnosticFile.count({ where: { state: { in: [...HELD_STATES] }, ...noClock } }),
    getDb().analysisOutput.count({ where: { AND: [isThere, noClock] } }),
    getDb().manualOutput.count({ where: { AND: [isThere, noClock] } }),
  ]);
  return { raw_file, analysis_output, manual_output };
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
  const [swept, kept, oldest, compared, unclocked, movedUntold, erasure, unapproved, raw, requestsWithoutPurpose] = await Promise.all([
    sweeps(now), held(now), oldestObjectAt(), bucketCompared(now), withoutClock(), datesMovedUntold(now), erasures(now), sharedUnapproved(now), rawAccess(now),
    getDb().fileRequest.count({ where: { purpose: '' } }),
  ]);
  return { ...swept, held: kept, oldestObjectAt: oldest, bucketCompared: compared, withoutClock: unclocked, datesMovedUntold: movedUntold, erasure, sharedUnapproved: unapproved, ...raw, requestsWithoutPurpose };
}
