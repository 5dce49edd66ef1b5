import { type UserActor } from '@/domain/actor';
import { invalidField } from '@/domain/errors';
import { RETENTION_DAYS, type RetentionSubject } from '@/domain/retention';
import { PERIOD_KEYS, type RetentionPeriods, storedPeriod } from '@/domain/settings';
import { count } from '@/domain/words';
import { appendAuditEvent } from '../audit/append-audit-event';
import { getDb, inTransaction, type Tx } from '../db';
import { getEnv } from '../env';
import { requirePermission } from '../http/require-permission';

const SUBJECTS = Object.keys(PERIOD_KEYS) as RetentionSubject[];

/** The longest period that this deployment allows: the policy's, or what its environment says where that is shorter. */
function longest(subject: RetentionSubject): number {
  return subject === 'raw_file' ? Math.min(RETENTION_DAYS.raw_file, getEnv().RETENTION_RAW_DAYS) : RETENTION_DAYS[subject];
}

/** The periods in force, days: never longer than the policy's (P-RAW-7, P-AUTO-30, P-MANUAL-1). */
export async function getRetentionPeriods(db: Pick<Tx, 'setting'> = getDb()): Promise<RetentionPeriods> {
  const rows = await db.setting.findMany({ where: { key: { in: Object.values(PERIOD_KEYS) } }, select: { key: true, value: true } });
  const stored = new Map(rows.map(({ key, value }) => [key, value]));
  const period = (subject: RetentionSubject) => Math.min(longest(subject), storedPeriod(subject, stored.get(PERIOD_KEYS[subject])));
  return { raw_file: period('raw_file'), analysis_output: period('analysis_output'), manual_output: period('manual_output') };
}

/** The longest that each period may be set to here. */
export function longestPeriods(): RetentionPeriods {
  return { raw_file: longest('raw_file'), analysis_output: longest('analysis_output'), manual_output: longest('manual_output') };
}

/**
 * Sets the periods. A shorter one holds for new clocks at once, and for those that run from the next sweep on; a longer one, up to the policy's,
 * for new clocks alone: a clock that runs becomes longer by an extension and by nothing else (P-EXTEND). Throws `validation_failed` for more than `longestPeriods`.
 */
export async function changeRetentionPeriods({ actor, now, rawDays, analysisDays }: { readonly actor: UserActor; readonly now: Date; readonly rawDays: number; readonly analysisDays: number }): Promise<void> {
  requirePermission(actor, 'settings:manage');
  refuseLonger('rawDays', rawDays, longest('raw_file'));
  refuseLonger('analysisDays', analysisDays, longest('analysis_output'));
  await inTransaction(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('airlock settings'))`;
    const before = await getRetentionPeriods(tx);
    const wanted: RetentionPeriods = { raw_file: rawDays, analysis_output: analysisDays, manual_output: before.manual_output };
    const changed = SUBJECTS.filter((subject) => wanted[subject] !== before[subject]);
    for (const subject of changed) {
      const row = { value: wanted[subject], changedById: actor.userId, changedAt: now };
      await tx.setting.upsert({ where: { key: PERIOD_KEYS[subject] }, create: { key: PERIOD_KEYS[subject], ...row }, update: row });
    }
    for (const subject of changed) await appendAuditEvent(tx, now, { type: 'setting.changed', actor, data: { key: PERIOD_KEYS[subject], from: before[subject], to: wanted[subject] } });
  });
}

function refuseLonger(path: string, days: number, most: number): void {
  if (days > most) throw invalidField(path, `The most that can be set here is ${count(most, 'day', 'days')}.`);
}
