import { type SystemActor } from '@/domain/actor';
import { appendAuditEvent } from '../audit/append-audit-event';
import { inTransaction, type Prisma, type Tx } from '../db';
import { aboutClock } from './shorten-clocks';

const SWEEPER: SystemActor = { kind: 'system', name: 'sweep' };

/** The clocks of results, automated and manual, that have run out at `now`. */
export function dueOutputs(now: Date): Prisma.RetentionClockWhereInput {
  return { subject: { in: ['analysis_output', 'manual_output'] }, endedAt: null, dueAt: { lte: now } };
}

/**
 * Empties a result whose time is over (P-AUTO-30, P-MANUAL-1) and ends its clock, in one transaction: title and text are gone, the row that stays says
 * that there was one. False where it is not due, or was emptied before.
 */
export async function expireOutput({ clockId, now }: { readonly clockId: string; readonly now: Date }): Promise<boolean> {
  return inTransaction(async (tx) => {
    const { count } = await tx.retentionClock.updateMany({ where: { AND: [{ id: clockId }, dueOutputs(now)] }, data: { endedAt: now } });
    const about = count === 1 ? await aboutClock(tx, clockId) : null;
    if (!about) return false;
    await emptyOutput(tx, clockId);
    const type = about.subject === 'manual_output' ? 'manual_output.expired' : 'analysis_output.expired';
    await appendAuditEvent(tx, now, { type, actor: SWEEPER, organizationId: about.organizationId, caseId: about.caseId, fileId: about.fileId });
    return true;
  });
}

async function emptyOutput(tx: Tx, clockId: string): Promise<void> {
  const gone = { title: null, body: null };
  await tx.analysisOutput.updateMany({ where: { clock: { id: clockId } }, data: gone });
  await tx.manualOutput.updateMany({ where: { clock: { id: clockId } }, data: gone });
}
