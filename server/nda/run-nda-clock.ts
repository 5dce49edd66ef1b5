import { daysLater, NDA_CASE_END_DAYS, NDA_EXPIRY_DAYS, remindersDue } from '@/domain/nda-agreement';
import { getDb, inTransaction } from '../db';
import { queueNotice } from '../notice/queue-notice';
import { AGREEMENT_COLUMNS, type AgreementRow } from './agreement-scope';
import { countersignUnderApproval } from './countersign-agreement';
import { moveAgreement, recordAgreement } from './move-agreement';
import { mailLink } from './send-to-signatory';
import { endSigning } from './signing-session';
import { findStandingApproval } from './standing-approval';
import { isAppError } from '@/domain/errors';

const BATCH = 100;
const actor = { kind: 'system', name: 'nda-clock' } as const;
export type ClockTotals = { reminded: number; expired: number; ended: number; countersigned: number };

/** One that nobody signed in 14 days is over: links and browsers end with it. */
async function expire(agreement: AgreementRow, now: Date): Promise<boolean> {
  return inTransaction((tx) => {
    const also = async () => {
      await endSigning(tx, agreement.id, now);
      await queueNotice(tx, { kind: 'nda_over', userId: agreement.createdById, data: { agreementId: agreement.id, how: 'expired' } });
    };
    const since = daysLater(now, -NDA_EXPIRY_DAYS);
    return moveAgreement(tx, { actor, now, agreement, event: 'expire', when: { OR: [{ sentAt: { lte: since } }, { sentAt: null, createdAt: { lte: since } }] }, also });
  });
}

/** A fresh link in place of the one before, at most once for each reminder: the count is moved first, under its old value, and only while the agreement was not passed on meanwhile, with which the days begin anew. */
async function remind(agreement: AgreementRow, now: Date): Promise<boolean> {
  const due = agreement.sentAt ? remindersDue(agreement.sentAt, now) : 0;
  return inTransaction(async (tx) => {
    const signatory = await tx.ndaSignatory.findFirst({ where: { agreementId: agreement.id, replacedAt: null, reminders: { lt: due } }, select: { id: true, email: true, reminders: true } });
    if (!signatory) return false;
    const counted = await tx.ndaSignatory.updateMany({ where: { id: signatory.id, replacedAt: null, reminders: signatory.reminders, agreement: { state: 'sent', sentAt: agreement.sentAt } }, data: { reminders: due } });
    if (counted.count !== 1) return false;
    await mailLink(tx, { signatoryId: signatory.id, agreement, email: signatory.email, isReminder: true, expiresAt: daysLater(agreement.sentAt ?? now, NDA_EXPIRY_DAYS) });
    await recordAgreement(tx, now, actor, agreement, 'nda.reminded', { signatoryId: signatory.id, reminder: due });
    return true;
  });
}

async function end(agreement: AgreementRow, now: Date, because: string): Promise<boolean> {
  return inTransaction((tx) => {
    const also = () => queueNotice(tx, { kind: 'nda_over', userId: agreement.createdById, data: { agreementId: agreement.id, how: 'ended' } });
    return moveAgreement(tx, { actor, now, agreement, event: 'end', set: { inForceUntil: agreement.inForceUntil && agreement.inForceUntil < now ? agreement.inForceUntil : now }, data: { because }, also });
  });
}

const count = async (rows: readonly AgreementRow[], act: (row: AgreementRow) => Promise<boolean>): Promise<number> => {
  let done = 0;
  for (const row of rows) if (await act(row)) done += 1;
  return done;
};

/** What the standing approval should have countersigned and a job did not. Somebody who is at it right now is left alone. */
async function countersignWaiting(now: Date): Promise<number> {
  if (!(await findStandingApproval(getDb()))) return 0;
  const waiting = await getDb().ndaAgreement.findMany({ where: { state: 'signed' }, take: BATCH, select: AGREEMENT_COLUMNS });
  return count(waiting, async ({ id }) => {
    try {
      return await countersignUnderApproval({ agreementId: id, now });
    } catch (error) {
      if (isAppError(error) && (error.code === 'nda_busy' || error.code === 'nda_wrong_state')) return false;
      throw error;
    }
  });
}

/**
 * A job: reminders after 3 and 7 days, expiry after 14, the end of the term and of single cases (clause 8.1), and what the standing approval
 * waits for. Each is asked again under its own conditional update, so it is safe to run many at once and after any outcome.
 */
export async function runNdaClock({ now }: { now: Date }): Promise<ClockTotals> {
  const db = getDb();
  const find = (where: Parameters<typeof db.ndaAgreement.findMany>[0]) => db.ndaAgreement.findMany({ ...where, take: BATCH, orderBy: { stateAt: 'asc' }, select: AGREEMENT_COLUMNS });
  const since = daysLater(now, -NDA_EXPIRY_DAYS);
  const overdue = await find({ where: { state: { in: ['draft', 'sent'] }, OR: [{ sentAt: { lte: since } }, { sentAt: null, createdAt: { lte: since } }] } });
  const expired = await count(overdue, (row) => expire(row, now));
  const waiting = await db.ndaAgreement.findMany({ where: { state: 'sent', sentAt: { gt: since } }, select: AGREEMENT_COLUMNS });
  const reminded = await count(waiting, (row) => remind(row, now));
  const over = await find({ where: { state: { in: ['in_force', 'paper_on_file'] }, inForceUntil: { lte: now } } });
  const ofClosed = await find({ where: { state: { in: ['in_force', 'paper_on_file'] }, scope: 'case', case: { status: 'closed', closedAt: { lte: daysLater(now, -NDA_CASE_END_DAYS) } } } });
  const ended = (await count(over, (row) => end(row, now, 'term'))) + (await count(ofClosed, (row) => end(row, now, 'case_closed')));
  return { reminded, expired, ended, countersigned: await countersignWaiting(now) };
}
