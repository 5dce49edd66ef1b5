import { type SystemActor } from '@/domain/actor';
import { RETENTION_DAYS, type RetentionSubject } from '@/domain/retention';
import { type RetentionPeriods } from '@/domain/settings';
import { appendAuditEvent } from '../audit/append-audit-event';
import { inTransaction, type Prisma, type Tx } from '../db';
import { isRunning, lockClock, moveClock } from './move-clock';

const SWEEPER: SystemActor = { kind: 'system', name: 'sweep' };

/** The clocks that run for longer than the periods in force say. */
export function tooLongClocks(periods: RetentionPeriods): Prisma.RetentionClockWhereInput {
  const subjects = Object.keys(RETENTION_DAYS) as RetentionSubject[];
  return { endedAt: null, deletionBegunAt: null, OR: subjects.map((subject) => ({ subject, periodDays: { gt: periods[subject] } })) };
}

/** Brings one clock down to a shorter period; its extensions stay. False where it needs nothing any more. */
export async function shortenClock({ clockId, periods, now }: { readonly clockId: string; readonly periods: RetentionPeriods; readonly now: Date }): Promise<boolean> {
  return inTransaction(async (tx) => {
    const locked = await lockClock(tx, clockId);
    const about = locked && (await aboutClock(tx, clockId));
    if (!locked || !about || !isRunning(locked, now) || locked.periodDays <= periods[about.subject]) return false;
    const dueAt = await moveClock(tx, clockId, now, periods[about.subject]);
    await appendAuditEvent(tx, now, { type: 'clock.shortened', actor: SWEEPER, organizationId: about.organizationId, caseId: about.caseId, fileId: about.fileId, data: { subject: about.subject, periodDays: periods[about.subject], dueAt: dueAt.toISOString() } });
    return true;
  });
}

export type AboutClock = { readonly subject: RetentionSubject; readonly fileId: string | null; readonly caseId: string; readonly organizationId: string };

/** What a clock runs for, whichever of the three it is. */
export async function aboutClock(tx: Tx, clockId: string): Promise<AboutClock | null> {
  const [row] = await tx.$queryRaw<AboutClock[]>`
    select k."subject"::text as "subject", coalesce(k."fileId", a."fileId", m."fileId") as "fileId", c."id" as "caseId", c."organizationId"
    from "RetentionClock" k
    left join "AnalysisOutput" a on a."id" = k."analysisOutputId"
    left join "ManualOutput" m on m."id" = k."manualOutputId"
    left join "DiagnosticFile" f on f."id" = coalesce(k."fileId", a."fileId")
    join "Case" c on c."id" = coalesce(f."caseId", m."caseId")
    where k."id" = ${clockId}::uuid`;
  return row ?? null;
}
